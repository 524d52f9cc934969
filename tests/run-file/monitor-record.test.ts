import { expect, test } from 'vitest'
import type { LevelSummary } from '../../src/monitors/monitor.ts'
import { plain } from '../../src/run-file/plain.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { memory, recordedRun } from '../support/recorded.ts'

const level = (value: number): LevelSummary => ({
  samples: 2,
  start: value,
  end: value + 1,
  peak: value + 1,
  min: value,
  series: [
    { at: 0, value },
    { at: 500, value: value + 1 },
  ],
})

test('heaps and event loops of a service come back, on the clock of its memory', () => {
  const run = recordedRun([{}], { memory: memory({ ...level(80e6), growth: 1 }) })
  const heap = memory({ ...level(20e6), growth: 1, label: 'the service (heap)' })
  const loop = { delay: level(4), busy: level(0.5) }
  const watched = { ...run.watched, heap, loop, threads: level(11) }
  const record = plain(toRunRecord({ ...run, watched, watchedFrom: -5_000 }))
  expect(record.service).toMatchObject({
    from: -5_000,
    heap: { series: [0, 20e6, 500, 20_000_001] },
    busy: { series: [0, 0.5, 500, 1.5] },
  })
  expect(record.service).not.toHaveProperty('pss')
  const back = fromRunRecord(record)
  expect(back.watchedFrom).toBe(-5_000)
  expect(back.watched).toMatchObject({ heap, loop, threads: level(11) })
  expect(back.watched?.descriptors).toMatchObject({ samples: 0, series: [] })
})
