import { inspect } from 'node:util'
import { amount } from '../limits/amount.ts'
import { intervalText, whyNotProven } from '../limits/proof-words.ts'
import { isMet, type Comparison, type VerdictUnit } from '../limits/verdict.ts'
import { formatNumber, formatRatio } from '../units/format.ts'
import type { Call } from './call.ts'
import type { Reading } from './reading.ts'
import { toSubject } from './subjects.ts'

/** The whole message of a limit that was not met, or that was met under `.not`. */
export function describeFailure(
  call: Call,
  comparison: Comparison,
  evidence: readonly string[],
): string {
  const { isNot, promise, utils } = call.state
  const [first = '', ...rest] = call.args.filter((each) => each !== undefined).map(written)
  const options = { isNot: isNot ?? false, promise, secondArgument: rest.join(', ') }
  const hint = utils.matcherHint(call.matcher, receivedName(call.received), first, options)
  const lines = [headline(comparison, options.isNot), ...evidence.map((line) => `  ${line}`)]
  return [hint, '', ...lines.map(wrap)].join('\n')
}

/** The message of several limits of which some were missed, each with what stands behind it, and all. */
export function describeMisses(
  call: Call,
  missed: readonly Reading[],
  judged: number,
  notes: readonly string[],
): string {
  const hint = call.state.utils.matcherHint(call.matcher, receivedName(call.received), '')
  const count = `${missed.length} of ${judged} ${judged === 1 ? 'limit' : 'limits'} missed`
  const lines = missed.flatMap(({ comparison, evidence }) => [
    headline(comparison, false),
    ...[...evidence.lines(), ...proofLines(comparison)].map((line) => `  ${line}`),
  ])
  return [hint, '', count, ...[...lines, ...notes].map(wrap)].join('\n')
}

const written = (argument: unknown): string => inspect(argument, { breakLength: Infinity })

/** What its samples are worth, and what would settle a limit that is neither surely met nor surely missed. */
export function proofLines(comparison: Comparison): readonly string[] {
  const { metric, samples, proof } = comparison
  if (proof === undefined) return []
  const { effective, counts = 'samples', had = samples, status } = proof
  const alike = effective !== undefined && effective < MOSTLY * had
  const why = whyNotProven({ metric, samples, proof }, !isMet(comparison))
  return [
    ...(alike
      ? [`neighbours are alike: worth ${formatNumber(effective)} independent ${counts}`]
      : []),
    ...(status === 'inconclusive' ? [`not proven: ${why}`] : []),
  ]
}

/** Of samples that are worth nearly as many independent ones, it is not said. */
const MOSTLY = 0.9

function headline(comparison: Comparison, negated: boolean): string {
  const { subject, operator, limit, unit, measured = NaN } = comparison
  if (comparison.strict === true && isMet(comparison) !== negated) {
    return `${subject}: ${figure(comparison, measured)} is not proven to be ${negated ? 'beyond' : 'within'} ${amount(unit, limit)}`
  }
  if (negated) {
    const wanted = operator === 'at most' ? 'above' : 'below'
    const met = `${operator} ${amount(unit, limit)}`
    return `${subject}: ${figure(comparison, measured)} is ${met}, expected it ${wanted}`
  }
  if (measured === Infinity) {
    return `${subject}: infinitely slow, the limit is ${amount(unit, limit)}`
  }
  return `${subject}: ${figure(comparison, measured)}, ${miss(comparison, measured)}`
}

/** The measured figure, and between what it lies: `187 ms [171, 214]`. */
function figure({ unit, limit, proof }: Comparison, measured: number): string {
  const shown = distinct(unit, measured, limit)
  const interval = intervalText(proof, unit, shown)
  return interval === '' ? shown : `${shown} ${interval}`
}

/** The measured figure, with more digits where it would read like the limit that it misses. */
function distinct(unit: VerdictUnit, measured: number, limit: number): string {
  const short = amount(unit, measured)
  if (short !== amount(unit, limit)) return short
  return unit === 'ratio'
    ? `${Number((measured * 100).toPrecision(9))} %`
    : `${Number(measured.toPrecision(9)).toLocaleString('en-US', { maximumFractionDigits: 6 })}${SUFFIX[unit]}`
}

const SUFFIX = {
  ms: ' ms',
  bytes: ' B',
  '/s': '/s',
  cores: ' cores',
  'bytes/s': ' B/s',
  users: ' users',
} as const

/** By how much a limit is missed: `39 % over the limit of 300 ms`, `2.4 times the limit of …`. */
function miss({ operator, limit, unit }: Comparison, measured: number): string {
  const goal = `the limit of ${amount(unit, limit)}`
  const side = operator === 'at most' ? 'over' : 'under'
  const gap = Math.abs(measured - limit)
  if (unit === 'ratio') return `${formatRatio(gap).replace(' %', '')} points ${side} ${goal}`
  if (limit <= 0) return `${amount(unit, gap)} ${side} ${goal}`
  if (measured / limit >= 2) return `${formatNumber(measured / limit)} times ${goal}`
  return `${formatNumber((gap / limit) * 100)} % ${side} ${goal}`
}

/** Breaks a line at 80 columns; what follows is indented by four more. */
export function wrap(line: string): string {
  const indent = `${/^ */.exec(line)?.[0] ?? ''}    `
  const lines = [line]
  for (let last = line; last.length > 80; last = lines.at(-1) ?? '') {
    const at = breakBefore(last, 80)
    if (at <= indent.length) break
    lines.splice(-1, 1, last.slice(0, at), `${indent}${last.slice(at + 1)}`)
  }
  return lines.join('\n')
}

/** The last space that no digit stands before: a number stays with its unit. */
function breakBefore(line: string, column: number): number {
  const at = line.lastIndexOf(' ', column)
  return at > 0 && /\d/.test(line.charAt(at - 1)) ? breakBefore(line, at - 1) : at
}

const receivedName = (received: unknown): string => {
  const subject = toSubject(received)
  if (subject === undefined) return 'received'
  return subject.kind === 'bench' ? 'result' : subject.kind
}
