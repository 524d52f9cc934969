import { describe, expect, test } from 'vitest'
import { FlowWatch, type Flow } from '../../src/load/flow-watch.ts'

/** Iterations that begin every 10 ms for 3 s and take so long, of which the last 2 s are looked at. */
function flowOf(took: (startedAt: number) => number, outcome: 'ok' | 'error' = 'ok'): Flow {
  const watch = new FlowWatch()
  for (let startedAt = 0; startedAt < 3_000; startedAt += 10) {
    const endedAt = startedAt + took(startedAt)
    watch.iteration({ outcome, startedAt, endedAt, firstByteAt: undefined })
  }
  return watch.flow({ settle: 1_000, duration: 2_000 })
}

test('what ended, what was under way, how long it took (L = λ · W)', () => {
  const { throughput, inFlight, time } = flowOf(() => 50)
  expect(throughput).toBe(100)
  expect(inFlight).toBeCloseTo(5, 1)
  expect(time).toBe(50)
})

test('what failed is no throughput', () => {
  expect(flowOf(() => 50, 'error')).toMatchObject({ throughput: 0, time: 50 })
})

test('the time counts from when an iteration should have begun', () => {
  const watch = new FlowWatch()
  watch.iteration({ outcome: 'ok', startedAt: 30, lag: 20, endedAt: 60, firstByteAt: undefined })
  expect(watch.flow({ settle: 0, duration: 1_000 }).time).toBe(50)
})

describe('how fast it falls behind', () => {
  test.each([
    ['not at all', () => 50, 0],
    // 110 come in a second, 100 are served: what begins 1 s later waits 0.1 s longer.
    ['a tenth more than can be served', (at: number) => 50 + 0.1 * at, 0.1],
    ['it gets faster', (at: number) => 500 - 0.1 * at, 0],
    [
      'a stall of 300 ms in the middle',
      (at: number) => Math.max(50, at < 1_800 ? 0 : 2_150 - at),
      0,
    ],
    ['wild, but not upwards', (at: number) => (at % 70 < 35 ? 20 : 90), 0],
  ] as const)('%s', (_, took, expected) => {
    expect(flowOf(took).lagging).toBeCloseTo(expected, 2)
  })

  test('of few iterations nothing is said', () => {
    const watch = new FlowWatch()
    for (let at = 0; at < 10; at++) {
      watch.iteration({
        outcome: 'ok',
        startedAt: at * 100,
        endedAt: at * 200 + 50,
        firstByteAt: undefined,
      })
    }
    expect(watch.flow({ settle: 0, duration: 1_000 }).lagging).toBe(0)
  })
})
