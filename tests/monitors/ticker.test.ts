import { describe, expect, test } from 'vitest'
import type { Clock, Timer } from '../../src/clock/clock.ts'
import { nextDue, startTicker } from '../../src/monitors/ticker.ts'

describe('the next point of a grid of 500 ms from 1,000', () => {
  test.each([
    ['at the start', 1_000, 1_500],
    ['after a quick act', 1_003, 1_500],
    ['a timer that was late does not shift the grid', 1_507, 2_000],
    ['exactly on a point', 1_500, 2_000],
    ['an act over two points skips them', 2_100, 2_500],
  ])('%s', (_, now, due) => expect(nextDue(now, 1_000, 500)).toBe(due))
})

/** Time stands still until it is told to go on; each step lets pending promises settle. */
function fakeClock() {
  const state: { now: number; due: number; callback: (() => void) | undefined } = {
    now: 1_000,
    due: 0,
    callback: undefined,
  }
  const timer = setTimeout(() => {}, 0)
  const clock: Clock = {
    now: () => state.now,
    setTimeout: (callback, delay): Timer => {
      state.callback = callback
      state.due = state.now + delay
      return timer
    },
    clearTimeout: () => {
      state.callback = undefined
    },
  }
  const goTo = async (now: number): Promise<void> => {
    state.now = now
    const { callback } = state
    if (callback !== undefined && state.due <= now) {
      state.callback = undefined
      callback()
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, goTo }
}

test('acts at once, then on the grid, late ones without a shift', async () => {
  const { clock, goTo } = fakeClock()
  const acts: number[] = []
  const ticker = startTicker({ interval: 500, clock }, async () => {
    acts.push(clock.now())
    return 'go on'
  })
  for (const now of [1_001, 1_520, 1_999, 2_000, 3_700, 3_999, 4_000]) await goTo(now)
  await ticker.stop()
  await goTo(9_000)
  expect(acts).toEqual([1_000, 1_520, 2_000, 3_700, 4_000])
})

test('a slow act is not overlapped, and stop waits for it', async () => {
  const { clock, goTo } = fakeClock()
  const open: (() => void)[] = []
  const ticker = startTicker({ interval: 500, clock }, async () => {
    await new Promise<void>((resolve) => open.push(resolve))
    return 'go on'
  })
  await goTo(3_000)
  expect(open).toHaveLength(1)
  let stopped = false
  const stopping = ticker.stop().then(() => (stopped = true))
  await goTo(3_100)
  expect(stopped).toBe(false)
  open[0]?.()
  await stopping
  await goTo(9_000)
  expect(open).toHaveLength(1)
})

test('an act that says it is over is the last', async () => {
  const { clock, goTo } = fakeClock()
  let acts = 0
  startTicker({ interval: 500, clock }, async () => {
    acts += 1
    return 'over'
  })
  await goTo(2_000)
  expect(acts).toBe(1)
})
