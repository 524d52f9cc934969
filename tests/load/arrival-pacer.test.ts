import { describe, expect, test } from 'vitest'
import { ArrivalPacer } from '../../src/load/arrival-pacer.ts'
import { ArrivalTimes } from '../../src/load/arrival-schedule.ts'
import { FakeClock } from '../clients/fake-clock.ts'

interface Paced {
  readonly clock: FakeClock
  /** `[due, now]` of each arrival so far. */
  readonly seen: [due: number, now: number][]
  readonly control: AbortController
  readonly running: Promise<void>
}

/** A rate for a time on a clock that stands still; arrivals may take `cost` ms of it. */
function pace(rate: number, duration: number): Paced {
  const clock = new FakeClock()
  const stretches = [{ from: rate, to: rate, duration }]
  const times = new ArrivalTimes({ stretches, arrivals: 'even' }, 1)
  const pacer = new ArrivalPacer(times, {
    clock,
    startedAt: 0,
    end: () => duration,
    // So high a rate waits by timers alone.
    line: [{ from: 1_000, to: 1_000, duration }],
  })
  const seen: Paced['seen'] = []
  const control = new AbortController()
  const running = pacer.run((due) => seen.push([due, clock.now()]), control.signal)
  return { clock, seen, control, running }
}

describe('arrivals are called for at their times', () => {
  test('each by a timer of its own when they are far apart', () => {
    const { clock, seen } = pace(4, 1_000)
    clock.advanceTo(2_000)
    expect(seen).toEqual([
      [0, 0],
      [250, 250],
      [500, 500],
      [750, 750],
    ])
  })

  test('in batches when they are closer than a timer can tell, with their own times', () => {
    const { clock, seen } = pace(2_000, 3)
    clock.advanceTo(10)
    expect(seen).toEqual([
      [0, 0],
      [0.5, 1],
      [1, 1],
      [1.5, 2],
      [2, 2],
      [2.5, 3],
    ])
  })

  test('never early: a timer that is set too short is set again', () => {
    const { clock, seen } = pace(0.7, 3_000)
    clock.advanceTo(3_000)
    expect(seen[1]?.[0]).toBeCloseTo(1_428.57, 2)
    expect(seen[1]?.[1]).toBe(1_429)
  })

  test('all at once after a standstill, and the next as if there had been none', () => {
    const { clock, seen } = pace(100, 1_000)
    clock.advanceTo(15)
    clock.jumpTo(95)
    clock.advanceTo(100)
    expect(seen.map(([due]) => due)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect(seen.slice(2).map(([, now]) => now)).toEqual([...Array<number>(8).fill(95), 100])
  })
})

test('the end is waited for when the last arrival lies before it', async () => {
  const { clock, running } = pace(2, 1_000)
  const ended: number[] = []
  void running.then(() => ended.push(clock.now()))
  clock.advanceTo(999)
  await Promise.resolve()
  expect(ended).toEqual([])
  clock.advanceTo(1_000)
  await running
  expect(clock.timers).toBe(0)
})

test('an abort ends it at once and leaves no timer', async () => {
  const { clock, seen, control, running } = pace(10, 10_000)
  clock.advanceTo(150)
  control.abort()
  await running
  clock.advanceTo(5_000)
  expect([seen.length, clock.timers]).toEqual([2, 0])
})
