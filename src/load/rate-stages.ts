import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs, toPerSecond } from '../units/parse.ts'
import type { DurationInput, Ms, PerSecond, RateInput } from '../units/units.ts'
import { areaOf, type RateStretch } from './arrival-schedule.ts'
import type { OptionReader } from './option-reader.ts'

/** The rate goes evenly from that of the stage before to this one; in no time at all it is a step. */
export interface RateStage {
  readonly rate: RateInput
  readonly duration: DurationInput
}

/** What stages say themselves, so that the options beside them must not. */
const BESIDE: Readonly<Record<string, string>> = {
  rate: 'is one rate and stages are several: leave one of them out',
  duration: 'is said by each stage: leave it out',
  rampUp: 'is a first stage, from startRate: leave it out',
}

const EXPECTED = "a list like [{ rate: '50/s', duration: '10s' }]"

/** Stages as stretches; their mistakes are left with the reader. */
export function toStages(reader: OptionReader): readonly RateStretch[] {
  for (const [name, remedy] of Object.entries(BESIDE)) {
    if (reader.has(name)) reader.refuse(name, remedy)
  }
  const path = `${reader.path}.stages`
  const { stages } = reader.options
  const stretches: RateStretch[] = []
  reader.check(() => {
    if (!Array.isArray(stages) || stages.length === 0) throw new UsageError(path, EXPECTED, stages)
  }, undefined)
  let from = reader.rate('startRate')
  for (const [at, stage] of (Array.isArray(stages) ? stages : []).entries()) {
    const { rate, duration } = toStage(reader, `${path}[${at}]`, stage)
    stretches.push({ from: from ?? rate, to: rate, duration })
    from = rate
  }
  const area = stretches.reduce((sum, stretch) => sum + areaOf(stretch), 0)
  if (stretches.length > 0 && area === 0) {
    reader.refuse('stages', 'ask for no arrival at all: give one a rate and a duration above 0')
  }
  return stretches
}

function toStage(
  reader: OptionReader,
  path: string,
  stage: unknown,
): { readonly rate: PerSecond; readonly duration: Ms } {
  // What stands for a mistake must not be one itself.
  const fallback = { rate: 1, duration: 1_000 }
  return reader.check(() => {
    if (typeof stage !== 'object' || stage === null) {
      throw new UsageError(path, "an object like { rate: '50/s', duration: '10s' }", stage)
    }
    const { rate, duration, ...others } = stage as Readonly<Record<string, unknown>>
    const [other] = Object.keys(others)
    if (other !== undefined) throw unknownName(path, other)
    return { rate: toPerSecond(rate, `${path}.rate`), duration: toMs(duration, `${path}.duration`) }
  }, fallback)
}

const unknownName = (path: string, name: string): UsageError =>
  UsageError.saying(
    `${path}.${name}`,
    `${path}.${name} is not an option; ${knownNames(name, ['rate', 'duration'])}`,
  )
