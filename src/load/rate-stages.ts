import { toMs, toPerSecond } from '../units/parse.ts'
import type { DurationInput, RateInput } from '../units/units.ts'
import { areaOf, type RateStretch } from './arrival-schedule.ts'
import type { OptionReader } from './option-reader.ts'
import { readStages } from './read-stages.ts'

/** The rate goes evenly from that of the stage before to this one; in no time at all it is a step. */
export interface RateStage {
  readonly rate: RateInput
  readonly duration: DurationInput
}

/** Stages as stretches; their mistakes are left with the reader. */
export function toRateStages(reader: OptionReader): readonly RateStretch[] {
  const stages = readStages(reader, {
    names: ['rate', 'duration'],
    example: "{ rate: '50/s', duration: '10s' }",
    other: 'users',
    read: ({ rate, duration }, at) => ({
      rate: toPerSecond(rate, `${at}.rate`),
      duration: toMs(duration, `${at}.duration`),
    }),
    // What stands for a mistake must not be one itself.
    fallback: { rate: 1, duration: 1_000 },
  })
  let from = reader.rate('startRate')
  const stretches = stages.map(({ rate: to, duration }): RateStretch => {
    const stretch = { from: from ?? to, to, duration }
    from = to
    return stretch
  })
  const area = stretches.reduce((sum, stretch) => sum + areaOf(stretch), 0)
  if (stretches.length > 0 && area === 0) {
    reader.refuse('stages', 'ask for no arrival at all: give one a rate and a duration above 0')
  }
  return stretches
}
