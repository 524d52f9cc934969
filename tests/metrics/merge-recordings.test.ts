import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { mergeRecordings } from '../../src/metrics/merge-recordings.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import {
  packRecording,
  unpackRecording,
  type RecordingPart,
} from '../../src/metrics/recording-part.ts'
import type { OutcomeKind } from '../../src/metrics/outcome.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'

const DURATION = 10_000

/** One operation, and which of three generators it was of. Whole milliseconds add up without rounding. */
interface Event {
  readonly generator: number
  readonly name: 'chat' | 'history' | 'chat › POST /chat'
  readonly outcome: OutcomeKind
  readonly at: number
  readonly took: number
  readonly lag: number
  readonly ttft: number | undefined
  readonly dropped: boolean
}

const events = fc.array(
  fc.record<Event>({
    generator: fc.nat({ max: 2 }),
    name: fc.constantFrom('chat', 'history', 'chat › POST /chat'),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'status', 'timeout', 'cutOff', 'aborted'),
    at: fc.integer({ min: 0, max: DURATION - 1 }),
    // A stream and its tokens are within it.
    took: fc.integer({ min: 600, max: 5_000 }),
    lag: fc.nat({ max: 30 }),
    ttft: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
    dropped: fc.boolean(),
  }),
  { maxLength: 60 },
)

/** Records events in the order of their time, as they come to a recorder. */
function recorded(all: readonly Event[]): Recorder {
  const recorder = new Recorder(0, { open: true })
  for (const event of all.toSorted((left, right) => left.at - right.at)) record(recorder, event)
  return recorder
}

function record(recorder: Recorder, event: Event): void {
  const { name, outcome, at: endedAt, took, lag, ttft, dropped } = event
  const part = name.includes(' › ')
  const sample = { outcome, endedAt, startedAt: endedAt - took, lag, firstByteAt: endedAt - 1 }
  const streaming = name === 'chat'
  const stream = !streaming || ttft === undefined ? undefined : { ttft, ttct: took, gaps: [1, 2] }
  recorder
    .series(name, { part, streaming, tags: [name, 'all'] })
    .record(
      sample,
      stream && { ...stream, chunks: [1, 1, 1], tokens: { count: 3, source: 'chunks' } },
    )
  if (outcome === 'status') {
    recorder.failure(name, outcome, 'answered 503', endedAt, () => ({
      kind: outcome,
      message: `at ${endedAt}`,
    }))
  }
  recorder.group('visit').record(sample)
  recorder.iteration(sample)
  if (dropped) recorder.arrivals?.dropped()
  recorder.arrivals?.started(lag)
  recorder.checks.note('holds', outcome === 'ok')
  recorder.metrics.count('seen', took)
  recorder.metrics.rate('quick', took < 1_000)
  recorder.metrics.timing('took', took, { outcome })
  recorder.sockets.received.add(took, endedAt)
  recorder.sending.opened({ connect: took, total: took }, true)
}

/** As it comes to another process. */
const part = (all: readonly Event[]): RecordingPart => {
  const recorder = recorded(all)
  const packed = packRecording(recorder.state(DURATION), recorder.windowsOf())
  return JSON.parse(JSON.stringify(packed)) as RecordingPart
}

const parts = (all: readonly Event[]): readonly RecordingPart[] =>
  [0, 1, 2].map((generator) => part(all.filter((event) => event.generator === generator)))

/** All that is in a run, in an order of names: which came first differs from one recorder to three. */
function figures({ requests, errors, metrics, groups, ...run }: RecordingSummary): unknown {
  const sorted = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
    all.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const inOrder = {
    ...run,
    groups,
    errors: sorted(errors),
    metrics: sorted(metrics).map(({ tagged = [], ...metric }) => ({
      ...metric,
      tagged: sorted(tagged),
    })),
    requests: sorted(requests).map((request) => ({
      ...request,
      tags: request.tags.toSorted(),
      good: request.joint?.within({ ttft: 250, latency: 2_000 }),
      // A window in which a name did nothing says so of its users alone.
      timeline: request.timeline,
    })),
  }
  // As the JSON of a run has it, without what only the process that recorded it knows.
  return JSON.parse(JSON.stringify(inOrder))
}

const summed = (merged: RecordingPart): RecordingSummary =>
  summarize(unpackRecording(merged), DURATION)

describe('the recordings of several generators, as one', () => {
  property.prop([events])('are what one recorder of all would have', (all) => {
    const whole = summarize(recorded(all).data(DURATION), DURATION)
    expect(figures(summed(mergeRecordings(parts(all))))).toEqual(figures(whole))
  })

  property.prop([events])('are the same however they are put together', (all) => {
    const [one, two, three] = parts(all) as [RecordingPart, RecordingPart, RecordingPart]
    const flat = mergeRecordings([one, two, three])
    expect(mergeRecordings([mergeRecordings([one, two]), three])).toEqual(flat)
    expect(mergeRecordings([one, mergeRecordings([two, three])])).toEqual(flat)
  })

  property.prop([events])('are one alone when there is no other', (all) => {
    const whole = summarize(recorded(all).data(DURATION), DURATION)
    expect(figures(summed(mergeRecordings([part(all)])))).toEqual(figures(whole))
  })
})

test('a generator whose users call nothing leaves the requests of the others what is judged', () => {
  const idle = new Recorder(0)
  idle.iteration({ outcome: 'ok', startedAt: 0, endedAt: 10, firstByteAt: undefined })
  const busy = new Recorder(0)
  busy.series('chat').record({ outcome: 'ok', startedAt: 0, endedAt: 20, firstByteAt: 5 })
  const both = [idle, busy].map((each) => packRecording(each.state(1_000), each.windowsOf()))
  const run = summarize(unpackRecording(mergeRecordings(both)), 1_000)
  expect([run.name, run.count, run.iterations.count]).toEqual(['all requests', 1, 1])
  expect(run.throughput.mean).toBe(1)
})

test('what failed in one generator before it could be seen to stream counts as a stream', () => {
  const [failing, going] = [new Recorder(0), new Recorder(0)]
  failing.series('ask').record({ outcome: 'status', startedAt: 0, endedAt: 9, firstByteAt: 5 })
  going
    .series('ask', { streaming: true })
    .record(
      { outcome: 'ok', startedAt: 0, endedAt: 20, firstByteAt: 5 },
      { ttft: 10, ttct: 20, gaps: [] },
    )
  const both = [failing, going].map((each) => packRecording(each.state(1_000), each.windowsOf()))
  const { ttft } = summarize(unpackRecording(mergeRecordings(both)), 1_000)
  expect([ttft.count, ttft.failed]).toEqual([1, 1])
})

test('a percentile is that of all values, and no mean of percentiles', () => {
  const quick = new Recorder(0)
  const slow = new Recorder(0)
  for (let nth = 0; nth < 98; nth++) {
    quick.series('chat').record({ outcome: 'ok', startedAt: 0, endedAt: 10, firstByteAt: 5 })
  }
  for (let nth = 0; nth < 2; nth++) {
    slow.series('chat').record({ outcome: 'ok', startedAt: 0, endedAt: 900, firstByteAt: 5 })
  }
  const both = [quick, slow].map((each) => packRecording(each.state(1_000), each.windowsOf()))
  const { latency } = summarize(unpackRecording(mergeRecordings(both)), 1_000)
  // Of each by itself the 95th percentile is 10 and 900 ms, and their mean 455 ms.
  expect([latency.p95, latency.p99, latency.count]).toEqual([10, 900, 100].map(closeTo))
})

const closeTo = (value: number): unknown => expect.closeTo(value, 0)
