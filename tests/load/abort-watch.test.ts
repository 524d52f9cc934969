import { describe, expect, test } from 'vitest'
import { toAbort } from '../../src/load/abort-option.ts'
import { AbortWatch, describeBreakdown, lookEvery } from '../../src/load/abort-watch.ts'
import { messageOf } from '../support/message-of.ts'

const TEN_PERCENT = { errorRate: 0.1, for: 10_000 }

type Second = readonly [count: number, failed: number]

/** So many completed in each second, and so many of those failed; gives the second of the abort. */
function abortedAt(seconds: readonly Second[]): number | string {
  const watch = new AbortWatch(TEN_PERCENT)
  let [count, failed] = [0, 0]
  watch.look(0, { count, failed })
  for (const [at, [more, broken]] of seconds.entries()) {
    count += more
    failed += broken
    if (watch.look((at + 1) * 1_000, { count, failed }) !== undefined) return at + 1
  }
  return 'never'
}

const times = (of: Second, length: number): Second[] => Array.from({ length }, () => of)
const again = (of: readonly Second[], length: number): Second[] =>
  Array.from({ length }, () => of).flat()

describe('with { errorRate: 10 %, for: 10 s } a load aborts', () => {
  test.each([
    ['when everything fails from the start', times([100, 100], 20), 10],
    ['when 34 of 100 fail', times([100, 34], 20), 10],
    ['10 s after it began to fail', [...times([100, 0], 5), ...times([100, 100], 20)], 15],
    ['as soon as 20 have completed, when that takes longer', times([1, 1], 30), 20],
    ['after a time in which nothing completed', [...times([0, 0], 60), ...times([50, 50], 12)], 70],
    [
      'though nothing completes in between',
      again(
        [
          [50, 50],
          [0, 0],
        ],
        8,
      ),
      10,
    ],
  ] satisfies [string, Second[], number][])('%s', (_, seconds, expected) => {
    expect(abortedAt(seconds)).toBe(expected)
  })

  test.each([
    ['exactly at the limit', times([100, 10], 60)],
    ['when one of the first two fails', [[2, 1], ...times([0, 0], 60)]],
    ['when it was well for a second in between', again([...times([100, 100], 8), [100, 0]], 5)],
    ['when nothing ever completes', times([0, 0], 60)],
    ['when it fails for 9 s and recovers', [...times([100, 100], 9), ...times([100, 0], 30)]],
  ] satisfies [string, Second[]][])('never %s', (_, seconds) => {
    expect(abortedAt(seconds)).toBe('never')
  })
})

test('what it found is said in a few words', () => {
  const watch = new AbortWatch(TEN_PERCENT)
  watch.look(0, { count: 0, failed: 0 })
  const found = watch.look(10_000, { count: 100, failed: 34 })
  expect(found).toEqual({ errorRate: 0.34, over: 10_000 })
  expect(found && describeBreakdown(found, TEN_PERCENT)).toMatchInlineSnapshot(
    `"34 % of requests failed over 10 s, limit 10 %"`,
  )
})

test.each([
  [100, 20],
  [2_000, 200],
  [10_000, 1_000],
  [60_000, 1_000],
])('a time of %i ms is looked at every %i ms', (time, every) => {
  expect(lookEvery({ errorRate: 0.1, for: time })).toBe(every)
})

describe('the option', () => {
  test('has 10 s as its time unless it says otherwise', () => {
    expect(toAbort({ errorRate: '10%' }, 'load.abort')).toEqual(TEN_PERCENT)
    expect(toAbort({ errorRate: 0.5, for: '1m' }, 'load.abort')).toEqual({
      errorRate: 0.5,
      for: 60_000,
    })
  })

  test('is refused with every mistake in it', () => {
    expect(messageOf(() => toAbort({ errorRate: '100%', for: 0, when: 1 }, 'load.abort')))
      .toMatchInlineSnapshot(`
      "load.abort has 3 mistakes:
        - load.abort.when is not an option; known: "errorRate", "for"
        - load.abort.errorRate must be less than 100 %, which no load exceeds, like '10%', got "100%"
        - load.abort.for must be longer than nothing, like '10s', got 0"
    `)
    expect(messageOf(() => toAbort({}, 'load.abort'))).toMatchInlineSnapshot(
      `"load.abort.errorRate must be a ratio from 0 to 1 or a string like '95%'"`,
    )
    expect(messageOf(() => toAbort('10%', 'load.abort'))).toMatchInlineSnapshot(
      `"load.abort must be an object like { errorRate: '10%', for: '10s' }, got "10%""`,
    )
  })
})
