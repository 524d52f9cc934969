import { relative } from 'node:path'
import { isRate } from '../baseline/metric.ts'
import { amount } from '../limits/amount.ts'
import { formatNumber, formatRatio } from '../units/format.ts'
import type { BaselineSettings } from './baseline-options.ts'
import { isMissed, median, subjectOf, type Ruling } from './baseline-verdict.ts'
import type { Call } from './call.ts'
import type { Comparisons } from './compare-baseline.ts'
import { wrap } from './wording.ts'

/** The message of a run that is worse than its baseline, or that could not be compared and had to be. */
export function describeBaseline(
  { state, matcher }: Call,
  { rulings, key, path }: Comparisons,
  settings: BaselineSettings,
  generator: readonly string[],
): string {
  const hint = state.utils.matcherHint(matcher, 'run', settings.name ?? '')
  const missed = rulings.filter(isMissed)
  const judged = missed.filter((ruling) => ruling.state === 'judged')
  const others = new Set(missed.flatMap(({ why, state: was }) => (was === 'judged' ? [] : [why])))
  const lines = [
    ...judged.flatMap((ruling) => judgedLines(ruling, rulings.length)),
    ...[...others].map((why) => `${settings.requireJudged ? 'not judged: ' : ''}${why}`),
    ...notes(rulings, others),
    ...generator,
    remedyOf(missed),
  ]
  // A path is of use as a whole.
  const where = `baseline ${JSON.stringify(key)} in ${relative(process.cwd(), path)}`
  return [hint, '', ...lines.map(wrap), where].join('\n')
}

/** What was not judged beside what failed. */
const notes = (rulings: readonly Ruling[], said: ReadonlySet<string | undefined>): string[] =>
  rulings
    .filter((ruling) => !isMissed(ruling) && ruling.why !== undefined && !said.has(ruling.why))
    .map((ruling) => `not judged: ${subjectOf(ruling.figure)}: ${ruling.why}`)

function remedyOf(missed: readonly Ruling[]): string {
  if (missed.some(({ state }) => state === 'judged')) return 'accept it with vitest -u'
  if (missed.some(({ state }) => state === 'absent')) return 'write it with vitest -u'
  if (missed.some(({ state }) => state === 'not judged')) return 'vitest -u adds these runs to it'
  return 'accept this run with vitest -u'
}

function judgedLines({ figure, settings, verdicts }: Ruling, comparisons: number): string[] {
  const { change, base, head, metric } = figure
  if (change === undefined) return []
  const unit = isRate(metric) ? '/s' : 'ms'
  const tolerated = `at most ${formatRatio(settings.tolerance)} is tolerated`
  const many = comparisons > 1 ? `, corrected for ${comparisons} comparisons` : ''
  const sure =
    change.status === 'worse'
      ? `p = ${formatNumber(change.p)}${many}`
      : `not proven to be within the tolerance at ${formatRatio(verdicts.confidence)}`
  return [
    `${subjectOf(figure)}: ${changeText(change.change)}${interval(change.low, change.high)}, ${tolerated}`,
    `  ${runs(head)}: ${spread(head, unit)}; baseline of ${runs(base)}: ${spread(base, unit)}`,
    `  ${sure}`,
  ]
}

const runs = (values: readonly number[]): string =>
  `${values.length} ${values.length === 1 ? 'run' : 'runs'}`

/** The median, and between what they lie: `151 ms (148 ms … 156 ms)`. */
function spread(values: readonly number[], unit: 'ms' | '/s'): string {
  const ends = [Math.min(...values), Math.max(...values)].map((each) => amount(unit, each))
  const middle = amount(unit, median(values))
  return values.length === 1 ? middle : `${middle} (${ends.join(' … ')})`
}

/** `+26.1 %`, `-4 %`; from ten times on that: `734×`. */
function changeText(change: number): string {
  if (change === Infinity) return 'endless'
  if (change >= 9) return `${formatNumber(change + 1)}×`
  return `${change < 0 ? '' : '+'}${formatRatio(change)}`
}

const interval = (low: number, high: number): string =>
  low === Infinity ? '' : ` [${changeText(low)}, ${changeText(high)}]`
