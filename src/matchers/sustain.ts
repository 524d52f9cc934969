import type { MatcherState } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import { amount } from '../limits/amount.ts'
import type { VerdictUnit } from '../limits/verdict.ts'
import type { Capacity, CapacityData } from '../load/capacity.ts'
import { formatRatio } from '../units/format.ts'
import { toCount, toPerSecond } from '../units/parse.ts'
import type { RateInput } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { CAPACITY_SUBJECTS } from './wrong-subject.ts'

const MATCHER = 'toSustain'

/** The lower end of a capacity is at least so much. */
export function toSustain(this: MatcherState, received: unknown, input: RateInput): MatcherResult {
  const call = { state: this, matcher: MATCHER, received, args: [input] }
  if (this.isNot) {
    const message = `.not.${MATCHER} would pass for what was not found out: judge the other end, expect(capacity.upper).toBeLessThan(…)`
    throw UsageError.saying(MATCHER, message)
  }
  const capacity = subjectOf(call, CAPACITY_SUBJECTS, (each) =>
    each.kind === 'capacity' ? each : undefined,
  )
  const unit = capacity.of === 'users' ? 'users' : '/s'
  const limit = toLimit(input, capacity)
  const { trials, lower, upper, confidence } = capacity
  const telling = trials.filter(({ outcome }) => outcome !== 'void')
  const comparison = {
    subject: capacity.of === 'users' ? 'sustained users' : 'sustained rate',
    metric: 'capacity',
    operator: 'at least',
    limit,
    unit,
    measured: telling.length === 0 ? undefined : lower,
    samples: telling.length,
    ...(lower < limit && upper !== undefined && upper > limit && { note: between(unit, capacity) }),
  } as const
  return conclude(call, {
    comparison,
    evidence: {
      lines: () => linesOf(unit, capacity),
      missing: () =>
        `${MATCHER}: no run of the search tells anything. ${trials.at(-1)?.reason ?? 'It was ended before its first run did'}`,
    },
    prove: () => ({
      status: lower >= limit ? 'pass' : 'fail',
      confidence: confidence.lower,
      low: lower,
      ...(upper !== undefined && { high: upper }),
      counts: 'runs',
    }),
  })
}

function toLimit(input: RateInput, { of }: Capacity): number {
  const path = `${MATCHER}(load)`
  if (of === 'rate') return toPerSecond(input, path)
  if (typeof input === 'number') return toCount(input, path)
  throw new UsageError(path, 'a number of users, which this search was of', input)
}

const between = (unit: VerdictUnit, { lower, upper }: Capacity): string =>
  `the capacity lies between ${amount(unit, lower)} and ${amount(unit, upper ?? Infinity)}: it is not known whether this is sustained`

const ENDINGS: Readonly<Record<CapacityData['ending'], string | undefined>> = {
  found: undefined,
  to: 'nothing was missed: search further, to a higher load',
  from: 'already the least load was missed: search from a lower one',
  generator: 'the generator was saturated: the service may sustain more',
  unsettled: 'runs at the same load went on to differ: give them more time with step',
  interrupted: 'the search was interrupted',
}

function linesOf(unit: VerdictUnit, capacity: Capacity): readonly string[] {
  const { lower, upper, confidence, ending, trials } = capacity
  const ran = (load: number): number => trials.filter((trial) => trial.load === load).length
  const missed = trials.findLast(({ load, outcome }) => load === upper && outcome === 'missed')
  const { note } = { note: ENDINGS[ending] }
  return [
    ...(lower === 0
      ? []
      : [
          `${amount(unit, lower)} met all limits in ${ran(lower)} of ${ran(lower)} runs (sure to ${formatRatio(confidence.lower)})`,
        ]),
    ...(upper === undefined || missed === undefined
      ? []
      : [`${amount(unit, upper)} missed: ${missed.reason ?? 'its limits'}`]),
    ...(note === undefined ? [] : [note]),
  ]
}
