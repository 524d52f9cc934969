import { NO_FIGURES } from '../support/ticks.ts'
import { expect, test } from 'vitest'
import { PartTicks } from '../../src/load/part-ticks.ts'
import type { Tick } from '../../src/load/tick.ts'
import { FakeClock } from '../clients/fake-clock.ts'

const tick = (figures: Partial<Tick>): Tick => ({
  title: 'one of them',
  phase: 'warm-up',
  elapsed: 5,
  users: 3,
  ...NO_FIGURES,
  length: 10,
  ...figures,
})

test('one load after another is told as one: its time and its counts go on, and it ends once', () => {
  const told: Tick[] = []
  const clock = new FakeClock()
  const whole = { title: 'all of them', length: 2_000, clock }
  const ticks = new PartTicks((each) => void told.push(each), whole)
  ticks.of('block 1')?.(tick({ count: 10, failed: 1 }))
  clock.jumpTo(900)
  ticks.of('block 1')?.(tick({ count: 30, failed: 2, over: true }))
  clock.jumpTo(1_200)
  ticks.of('block 2')?.(tick({ count: 5 }))
  ticks.end()
  expect(
    told.map(({ part, elapsed, count, failed, over }) => [part, elapsed, count, failed, over]),
  ).toEqual([
    ['block 1', 0, 10, 1, false],
    ['block 1', 900, 30, 2, false],
    ['block 2', 1_200, 35, 2, false],
    ['block 2', 1_200, 35, 2, true],
  ])
  for (const each of told) {
    expect(each).toMatchObject({ title: 'all of them', phase: 'steady', length: 2_000 })
  }
})

test('nobody who listens is told nothing', () => {
  const ticks = new PartTicks(undefined, { title: '', length: 1, clock: new FakeClock() })
  expect(ticks.of('block 1')).toBeUndefined()
  expect(() => ticks.end()).not.toThrow()
})
