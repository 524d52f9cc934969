import { describe, expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { abOf, abPairs } from '../support/ab-runs.ts'
import { recordedRun } from '../support/recorded.ts'
import { messageOf } from '../support/message-of.ts'

expect.extend(perfMatchers)

const slower = abOf(abPairs(1.2))
const same = abOf(abPairs(1))

test('what is not worse passes, and its verdict says how much it may be', ({ task }) => {
  expect(same).toNotRegress({ p95: '5%', errorRate: '1%', each: { p50: '5%' } })
  const verdicts = verdictsOf(task)
  expect(verdicts.map(({ subject, status, proof }) => [subject, status, proof?.status])).toEqual([
    ['slowdown of p95 latency of all requests', 'pass', 'pass'],
    ['rise of error rate of all requests', 'pass', 'pass'],
    ['slowdown of p50 latency of chat', 'pass', 'pass'],
    ['slowdown of p50 latency of history', 'pass', 'pass'],
  ])
  expect(verdicts[0]).toMatchObject({ unit: 'ratio', limit: 0.05, samples: 10, run: same.title })
})

test('what is surely worse fails, with both sides and what would have been found', () => {
  expect(messageOf(() => expect(slower).toNotRegress({ p95: '5%' }))).toMatchInlineSnapshot(`
    "expect(ab).toNotRegress()

    1 of 1 limit missed
    slowdown of p95 latency of all requests: 21.1 % [20, 21.7], 16.1 points over the
        limit of 5 %
      base 101 ms, head 122 ms (medians of 10 pairs of blocks)
      a change of 1.22 % would have been found"
  `)
})

test('several are corrected, and all that are missed are shown', () => {
  const limits = { p95: '5%', throughput: '5%', each: { p50: '5%' } } as const
  const message = messageOf(() => expect(slower).toNotRegress(limits))
  expect(message).toContain('3 of 4 limits missed')
  expect(message).toContain('4 limits together, corrected by Holm')
})

describe('what is not proven', () => {
  // Half of the pairs say this, half of them that.
  const open = abOf(abPairs(1.05, 0.03))

  test('passes, is marked, and says what it would take', ({ task }) => {
    expect(open).toNotRegress({ p95: '5%' })
    const [verdict] = verdictsOf(task)
    expect(verdict).toMatchObject({ status: 'pass', proof: { status: 'inconclusive' } })
    expect(verdict?.proof?.counts).toBe('pairs of blocks')
  })

  test('fails where it has to be proven', () => {
    const message = messageOf(() =>
      expect(open).toNotRegress({ p95: '5%' }, { onInconclusive: 'fail' }),
    )
    expect(message).toMatchInlineSnapshot(`
      "expect(ab).toNotRegress()

      1 of 1 limit missed
      slowdown of p95 latency of all requests: 8 % [5, 9.56], 3 points over the limit
          of 5 %
        base 103 ms, head 111 ms (medians of 10 pairs of blocks)
        a change of 3.58 % would have been found
        not proven: p95 at 95 % needs ≥11 pairs of blocks, had 10"
    `)
  })

  test('what could never be proven is refused: many limits take more pairs', () => {
    // All of five on one side: p = 1/32 by itself, and more than 5 % as one of four.
    const five = abOf(abPairs(1.2).slice(0, 5))
    expect(() => expect(five).toNotRegress({ p95: '1%' })).toThrow('1 of 1 limit missed')
    const many = { p50: '1%', p95: '1%', each: { p95: '1%' } } as const
    expect(messageOf(() => expect(five).toNotRegress(many))).toMatchInlineSnapshot(
      `"limits.p50: 4 limits together at 95 % can be missed from 7 pairs of blocks on, had 5: compare for longer, or in shorter blocks"`,
    )
    const sure = { confidence: '99%' } as const
    expect(messageOf(() => expect(five).toNotRegress({ p95: '1%' }, sure))).toMatchInlineSnapshot(
      `"limits.p95: a limit at 99 % can be missed from 7 pairs of blocks on, had 5: compare for longer, or in shorter blocks"`,
    )
  })
})

test('failures are infinitely slow, and counted in points', () => {
  const failing = abOf(abPairs(1).map(({ base }) => ({ base, head: { took: 100, failed: 10 } })))
  expect(messageOf(() => expect(failing).toNotRegress({ p95: '5%' }))).toMatchInlineSnapshot(`
    "expect(ab).toNotRegress()

    1 of 1 limit missed
    slowdown of p95 latency of all requests: infinitely slow, the limit is 5 %
      base 101 ms, head ∞ (medians of 10 pairs of blocks)"
  `)
  expect(messageOf(() => expect(failing).toNotRegress({ errorRate: '5%' }))).toMatchInlineSnapshot(`
    "expect(ab).toNotRegress()

    1 of 1 limit missed
    rise of error rate of all requests: 25 % [25, 25], 20 points over the limit of
        5 %
      base 0 %, head 25 % (medians of 10 pairs of blocks)"
  `)
})

test('it says what makes its figures doubtful', () => {
  const doubtful = abOf(abPairs(1.2), { asked: 30, saturated: 3, hostBusy: 1 })
  const message = messageOf(() => expect(doubtful).toNotRegress({ p95: '5%' }))
  expect(message).toContain('ended early: 10 of 30 pairs of blocks were measured')
  expect(message).toContain('the generator was saturated in 3 of 20 blocks')
})

describe('mistakes', () => {
  const unknown: unknown = undefined
  test.each([
    ['a run', () => expect(recordedRun([{}]) as unknown).toNotRegress({ p95: '5%' })],
    ['nothing', () => expect(unknown).toNotRegress({ p95: '5%' })],
    ['a promise', () => expect(Promise.resolve(same) as unknown).toNotRegress({ p95: '5%' })],
    ['.not', () => expect(slower).not.toNotRegress({ p95: '5%' })],
    ['a request that did not occur', () => expect(same).toNotRegress({ chta: { p95: '5%' } })],
    ['a figure that nothing has', () => expect(same).toNotRegress({ ttft: { p95: '5%' } })],
    ['no request at all', () => expect(abOf([])).toNotRegress({ each: { p95: '5%' } })],
    ['too few pairs', () => expect(abOf(abPairs(1).slice(0, 3))).toNotRegress({ p95: '5%' })],
    ['another matcher', () => expect(same as unknown).toHaveP95Below('5s')],
  ])('%s', (_, act) => expect(messageOf(act)).toMatchSnapshot())
})
