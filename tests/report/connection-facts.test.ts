import { expect, test } from 'vitest'
import { connectionsOf } from '../../src/report/connection-facts.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import { recordedRun } from '../support/recorded.ts'

/** A run of so many warm calls of 100 ms, and so many cold ones, the opening of each as long. */
const runOf = (warm: number, cold: number, opening: number): LoadRun =>
  recordedRun([{ took: 100, times: warm }], {
    record: (recorder) => {
      for (let call = 0; call < cold; call++) {
        const [startedAt, endedAt] = [0, 100 + opening]
        const sample = { outcome: 'ok', startedAt, endedAt, firstByteAt: undefined } as const
        recorder.series('chat').record({ ...sample, cold: true })
        const parts = { dns: 0.1 * opening, connect: 0.2 * opening, tls: 0.7 * opening }
        recorder.sending.opened({ ...parts, total: opening }, true)
      }
    },
  })

test.each([
  [
    'one in a hundred makes the p99',
    990,
    10,
    400,
    '1 % connected first: p50 500 ms · DNS 40 ms, TCP 80 ms, TLS 280 ms',
  ],
  [
    'a connection for each call',
    0,
    50,
    50,
    '100 % connected first: p50 150 ms · DNS 5 ms, TCP 10 ms, TLS 35 ms',
  ],
  ['too few of them', 1_000, 9, 400, undefined],
  ['too short to matter', 900, 100, 5, undefined],
  ['none at all', 100, 0, 0, undefined],
])('%s', (_what, warm, cold, opening, line) => {
  expect(connectionsOf(runOf(warm, cold, opening))).toBe(line)
})

test('without a name to look up and without TLS, TCP alone', () => {
  const run = recordedRun([], {
    record: (recorder) => {
      const sample = { outcome: 'ok', startedAt: 0, endedAt: 40, firstByteAt: 40 } as const
      recorder.series('chat').record({ ...sample, cold: true })
      recorder.sending.opened({ connect: 30, total: 30 }, true)
    },
  })
  expect(connectionsOf(run)).toBe('100 % connected first: p50 40 ms · TCP 30 ms')
})

test('the run file keeps them; an older one has none', () => {
  const run = runOf(90, 10, 400)
  const record = toRunRecord(run)
  const { connections, request } = { ...run, request: fromRunRecord(record).requests[0] }
  expect(fromRunRecord(record).connections).toMatchObject({
    opened: 10,
    tls: { count: 10, p50: connections.tls.p50 },
    cold: { count: 10, p99: connections.cold.p99 },
  })
  expect(request?.cold.count).toBe(10)
  const { connections: _connections, ...older } = record
  expect(fromRunRecord(older).connections).toMatchObject({ opened: 0, total: { count: 0 } })
})
