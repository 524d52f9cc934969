import { describe, expect, test } from 'vitest'
import { judgeShare } from '../../src/stats/judge-share.ts'
import { surelyAbove } from '../../src/stats/markov.ts'
import { seededRandom } from '../../src/stats/random.ts'

test.each([
  [{ mean: 1, values: 6 }, 0.05, 0.95, true, 'all of six, where one in twenty may'],
  [{ mean: 5 / 6, values: 6 }, 0.05, 0.95, false, 'five of six'],
  [{ mean: 0.2, values: 100 }, 0.01, 0.95, true, 'a fifth, where one in a hundred may'],
  [{ mean: 0.2, values: 100 }, 0.01, 0.99, false, 'the same, to be surer'],
  [{ mean: 6_000, values: 5 }, 300, 0.95, true, 'a mean of 20 times its limit'],
  [{ mean: 5_900, values: 5 }, 300, 0.95, false, 'of less'],
  [{ mean: 1e9, values: 4 }, 300, 0.95, false, 'of four, one of which may be cold'],
  [{ mean: 1, values: 9 }, 0.5, 0.95, false, 'nothing is twenty times a half'],
] as const)('%o beyond %d at %d: %s (%s)', (found, limit, confidence, sure, _what) => {
  expect(surelyAbove(found, limit, confidence)).toBe(sure)
})

/** Whether each of so many is slow: one in twenty, and each as the one before it with chance `alike`. */
function clump(random: () => number, count: number, alike: number): number {
  let slow = random() < 0.05
  let slows = 0
  for (let at = 0; at < count; at++) {
    if (slow) slows++
    if (random() >= alike) slow = random() < 0.05
  }
  return slows
}

describe('however much values depend on each other, it is wrong in 5 % at most', () => {
  test.each([
    [5, 1],
    [5, 0.9],
    [20, 1],
    [20, 0.99],
  ])('%i values, alike with chance %d', (count, alike) => {
    const random = seededRandom(count)
    const runs = 4_000
    const failed = Array.from({ length: runs }, () => clump(random, count, alike)).filter(
      (sum) =>
        judgeShare([{ sum, count }], { allowed: 0.05, confidence: 0.95 }).status !== 'inconclusive',
    ).length
    expect(failed / runs).toBeLessThan(0.065)
  })
})
