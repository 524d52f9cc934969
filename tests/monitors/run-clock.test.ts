import { expect, test } from 'vitest'
import { byClockThatBegan } from '../../src/monitors/run-clock.ts'
import { WatchedFigures } from '../../src/monitors/watched-figures.ts'

test('a course is moved to another clock, and its figures stay', () => {
  const figures = new WatchedFigures(1_000)
  for (const [at, rss] of [
    [1_000, 50],
    [1_500, 60],
    [2_000, 70],
  ] as const) {
    const sample = { at, rss, pss: rss, cpu: 0.5, span: 500, processes: 1, values: { queue: 3 } }
    figures.add({ ...sample, threads: 4, descriptors: 9 })
    figures.addNode({ at, heap: rss, delay: 2, busy: 0.1, replaced: false })
  }
  const seen = figures.summary({ label: 'it', restarts: [{ at: 400, pid: 7 }] })
  const moved = byClockThatBegan(300, seen)
  const times = [-300, 200, 700]
  const { memory, pss, cpu, descriptors, threads, heap, loop, values } = moved
  const courses = [memory, pss, cpu, descriptors, threads, heap, loop.delay, loop.busy]
  for (const { series } of [...courses, values['queue'] ?? memory]) {
    expect(series.map(({ at }) => at)).toEqual(times)
  }
  expect(memory).toMatchObject({ start: 50, end: 70, restarts: [{ at: 100, pid: 7 }] })
  expect(byClockThatBegan(-300, moved)).toEqual(seen)
})
