import { expect, test } from 'vitest'
import { NOTHING_SENT, Sending } from '../../src/metrics/sending.ts'

type Wait = readonly [planned: number, lag: number]

test.each<[readonly Wait[], number, number, string]>([
  [[[1_000, 5]], 1_000, 0, 'a timer that is 5 ms late is on time'],
  [[[1_000, 10]], 1_000, 0, 'and so is one that is 10 ms late'],
  [[[1_000, 60]], 1_000, 60, 'what is later counts in full'],
  [
    [
      [10, 8],
      [10, 9],
      [10, 60],
    ],
    30,
    60,
    'each by itself: those that are on time make up for nothing',
  ],
  [[[0, 50]], 0, 0, 'a wait for nothing is none'],
  [[[20, -1]], 20, 0, 'a timer may be early by less than a millisecond'],
])('waits of %j ms (planned, late): %d planned, %d late, %s', (waits, planned, late) => {
  const sending = new Sending()
  for (const [time, lag] of waits) sending.woke(time, lag)
  expect(sending.data().waits).toMatchObject({ planned, late })
  expect(sending.data().waits.lag.min ?? 0).toBeGreaterThanOrEqual(0)
})

test('nothing sent is nothing', () => {
  expect(new Sending().data()).toEqual(NOTHING_SENT)
})
