import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { RunData } from '../../src/load/load-run.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize } from '../../src/metrics/summary.ts'
import { toRunRecord } from '../../src/run-file/run-record.ts'
import type { Ms } from '../../src/units/units.ts'
import { sampleRun } from '../support/run-file-samples.ts'

interface Load {
  readonly endpoints: number
  readonly duration: Ms
  /** Between two rounds of calls, one of each endpoint. */
  readonly every: Ms
  /** So many endpoints stream. */
  readonly streaming: number
}

/** A run whose latencies spread over a factor of ten and more, and of which one call in fifty fails. */
function runOf({ endpoints, duration, every, streaming }: Load): RunData {
  const recorder = new Recorder(0)
  recorder.users(100)
  for (let round = 0; round * every < duration; round++) {
    for (let endpoint = 0; endpoint < endpoints; endpoint++) {
      const call = round * endpoints + endpoint
      const took = (5 + endpoint) * Math.exp(((call * 7_919) % 1_000) / 400)
      const endedAt = round * every + ((call * 13) % every)
      const outcome = call % 50 === 0 ? 'status' : 'ok'
      const startedAt = endedAt - took
      const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt + took / 3 } as const
      const streams = endpoint < streaming && outcome === 'ok'
      const series = recorder.series(`POST /api/v1/sessions/{}/thing-${endpoint}`)
      series.record(sample, streams ? { ttft: took / 2, ttct: took, gaps: [took / 20] } : undefined)
      recorder.iteration(sample)
      if (outcome === 'status') fail(recorder, `thing-${endpoint}`, endedAt)
    }
  }
  const summary = summarize(recorder.data(duration), duration)
  return { ...sampleRun([], { seconds: duration / 1_000 }), ...summary }
}

function fail(recorder: Recorder, name: string, at: Ms): void {
  const message = `${name} answered 503 Service Unavailable`
  const failure = {
    kind: 'status',
    message,
    body: 'x'.repeat(200),
    stack: 'y'.repeat(900),
  } as const
  recorder.failure(name, 'status', message, at, () => failure)
}

const HOUR: Ms = 3_600_000

test.each<[string, Load, number]>([
  [
    'five minutes of 20 endpoints, five of which stream',
    { endpoints: 20, duration: HOUR / 12, every: 250, streaming: 5 },
    300,
  ],
  [
    'three hours of 200 endpoints, 40 of which stream',
    { endpoints: 200, duration: 3 * HOUR, every: 36_000, streaming: 40 },
    2_000,
  ],
])('%s take at most so many KB', { timeout: 120_000 }, (_, load, most) => {
  const run = runOf(load)
  expect(run.requests).toHaveLength(load.endpoints)
  const text = JSON.stringify(toRunRecord(run))
  expect(Math.round(text.length / 1_000)).toBeLessThan(most)
  expect(gzipSync(text).length).toBeLessThan(text.length / 3)
})
