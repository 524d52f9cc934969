import { expect, test } from 'vitest'
import type { LevelSummary } from '../../src/monitors/monitor.ts'
import { fromRunRecord } from '../../src/run-file/run-record.ts'
import { plain } from '../../src/run-file/plain.ts'
import { toRunRecord } from '../../src/run-file/test-record.ts'
import { memory, recordedRun } from '../support/recorded.ts'

const level = (value: number): LevelSummary => ({
  samples: 2,
  start: value,
  end: value + 1,
  peak: value + 1,
  min: value,
  series: [
    { at: -3, value },
    { at: 500, value: value + 1 },
  ],
})
const memoryOf = (label: string, value: number) => memory({ ...level(value), label, growth: 1 })

test('what is known of the processes of a service comes back, on the clock of the run', () => {
  const server = {
    pss: memoryOf('the service (PSS)', 80e6),
    heap: memoryOf('the service (heap)', 20e6),
    descriptors: level(23),
    threads: level(11),
    loop: { delay: level(4), busy: level(0.5) },
  }
  const run = { ...recordedRun([{}]), server, judgedFrom: 5_000 }
  const record = plain(toRunRecord(run))
  expect(record.server?.heap?.series).toEqual([-3, 20e6, 500, 20_000_001])
  const back = fromRunRecord(record)
  expect(back.server).toEqual(server)
  expect(back.judgedFrom).toBe(5_000)
})

test('what nothing is known of takes no place in the file', () => {
  const run = recordedRun([{}])
  const nothing = { samples: 0, peak: undefined, series: [] }
  expect(run.server.loop.delay).toMatchObject(nothing)
  expect(toRunRecord(run)).not.toHaveProperty('server')
  const { descriptors } = run.server
  const some = { ...run.server, threads: level(2) }
  const back = fromRunRecord(plain(toRunRecord({ ...run, server: some })))
  expect(back.server).toEqual({ ...some, descriptors })
})
