import type { RunData } from '../load/load-run.ts'
import type { ErrorGroup } from '../metrics/error-groups.ts'
import { formatBytes, formatMs, formatNumber, formatRate } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted, figure } from './figures.ts'

/** The load in a few words: `30 s · 100 users · 12,034 requests · 401/s · seed 43`. */
export function factsOf({
  shape,
  duration,
  iterations,
  requests,
  count,
  throughput,
  seed,
}: RunData): string {
  const facts = [formatMs(duration), counted(shape.users, 'user')]
  if (shape.iterations !== undefined || requests.length === 0) {
    facts.push(counted(iterations.count, 'iteration'))
  }
  if (requests.length > 0) facts.push(counted(count, 'request'))
  if (throughput.mean !== undefined) facts.push(formatRate(throughput.mean))
  return [...facts, `seed ${seed}`].join(' · ')
}

/** What a reader must know before believing the figures; empty for a run that went as planned. */
export function warningsOf({ ending, elapsed, phases, aborted }: RunData): readonly string[] {
  const cut = aborted > 0 ? `; ${counted(aborted, 'request')} cut off` : ''
  const after = `after ${formatMs(elapsed)}${cut}`
  const phaseFailures = phases
    .filter(({ summary }) => summary.failed > 0)
    .map(({ name, summary }) => {
      const share = `${formatNumber(summary.failed)} of ${counted(summary.count, 'request')} failed`
      return `${name}: ${share}, not counted in these figures`
    })
  if (ending === 'interrupted') return [`interrupted ${after}: partial figures`, ...phaseFailures]
  if (ending === 'deadline') return [`stopped at its own deadline ${after}`, ...phaseFailures]
  return phaseFailures
}

/** `RSS 84 MB, +12 MB · CPU 0.6 cores`; `undefined` when no service was watched. */
export function serviceOf({ memory, cpu }: RunData): string | undefined {
  const problem =
    memory.problem === undefined ? undefined : `not watched: ${cleanText(memory.problem)}`
  if (memory.samples === 0 && cpu.samples === 0) return problem
  const facts: string[] = []
  if (memory.samples > 0)
    facts.push(`RSS ${figure(memory.end, formatBytes)}${growthOf(memory.growth)}`)
  if (memory.peak !== memory.end) facts.push(`peak ${figure(memory.peak, formatBytes)}`)
  if (cpu.samples > 0) facts.push(`CPU ${figure(cpu.mean, formatNumber)} cores`)
  if (memory.ended !== undefined) facts.push('its process exited')
  return facts.join(' · ')
}

const growthOf = (growth: number | undefined): string =>
  growth === undefined ? '' : `, ${growth < 0 ? '' : '+'}${formatBytes(growth)}`

/** The failures of a run, the commonest first; what the end of the run cut off is none. */
export const failuresOf = ({ errors }: RunData): readonly ErrorGroup[] =>
  errors.filter(({ kind }) => kind !== 'aborted')

/** `503 POST /checkout` and `{"error":"pool exhausted"}`: what failed how, and what it said. */
export function describeError({ kind, name, message, first }: ErrorGroup): {
  readonly what: string
  readonly said: string
} {
  const how = first.status === undefined ? kind : String(first.status)
  if (name === '(others)') return { what: `${kind}, of other kinds`, said: '' }
  return { what: cleanText(`${how} ${name}`), said: cleanText(first.body ?? message) }
}
