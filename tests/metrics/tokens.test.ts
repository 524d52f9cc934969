import { describe, expect, test } from 'vitest'
import { Recorder } from '../../src/metrics/recorder.ts'
import type { StreamTiming, TokenSource } from '../../src/metrics/sample.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'
import { joinOperations } from '../../src/metrics/join-operations.ts'
import { TokenTimes } from '../../src/clients/token-times.ts'

/** A stream whose reads came at the stamps given, from a call at 0; each with so many events of a token. */
interface Stream {
  readonly name?: string
  readonly reads: readonly (readonly [at: number, chunks: number])[]
  /** What the service counted, instead of the chunks. */
  readonly usage?: number
  readonly outcome?: 'ok' | 'truncated' | 'cutOff'
  readonly startedAt?: number
}

function timingOf({ reads, usage, startedAt = 0 }: Stream): StreamTiming {
  const times = new TokenTimes(startedAt)
  for (const [at, chunks] of reads) {
    for (let chunk = 0; chunk < chunks; chunk++) times.token(at, true)
    times.read(at, chunks)
  }
  if (usage !== undefined) times.counted({ output: usage })
  times.done(reads.at(-1)?.[0] ?? 0)
  return times.timing()
}

function record(recorder: Recorder, stream: Stream): void {
  const { name = 'stream', outcome = 'ok', startedAt = 0, reads } = stream
  const endedAt = reads.at(-1)?.[0] ?? startedAt
  const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt }
  recorder.series(name, { streaming: true }).record(sample, timingOf(stream))
}

function summaryOf(streams: readonly Stream[], duration = 4_000): RecordingSummary {
  const recorder = new Recorder(0)
  for (const stream of streams) record(recorder, stream)
  return summarize(recorder.data(duration), duration)
}

/** Four tokens, each in a read of its own: the first after 100 ms, then one every 50 ms. */
const EVEN: Stream = { reads: [100, 150, 200, 250].map((at) => [at, 1]) }

describe('the times of one stream', () => {
  test.each<readonly [string, Stream, object]>([
    ['even', EVEN, { ttft: 100, ttfo: 100, ttct: 250, gaps: [50, 50, 50], tpot: 50 }],
    ['of one token: no time per token', { reads: [[100, 1]] }, { ttft: 100, tpot: undefined }],
    ['all in one read', { reads: [[100, 4]] }, { gaps: [], tpot: 0, chunks: [4] }],
    [
      'of twelve tokens in three reads, as the service says',
      {
        reads: [
          [100, 1],
          [210, 1],
          [320, 1],
        ],
        usage: 12,
      },
      { gaps: [110, 110], tpot: 20, tokens: { count: 12, source: 'usage' } },
    ],
    ['without a token', { reads: [] }, { ttft: undefined, tokens: undefined, tpot: undefined }],
  ])('%s', (_what, stream, timing) => expect(timingOf(stream)).toMatchObject(timing))

  test('a parser counts where the service does not', () => {
    const times = new TokenTimes(0)
    times.parsed(3)
    times.parsed(4)
    expect(times.tokens).toEqual({ count: 7, source: 'parser' })
    times.counted({ input: 5 })
    expect(times.tokens).toEqual({ count: 7, source: 'parser' })
    times.counted({ output: 9 })
    expect(times.tokens).toEqual({ count: 9, source: 'usage' })
    expect(times.usage).toEqual({ input: 5, output: 9, reasoning: undefined })
  })

  test('text to read may come later than the first token', () => {
    const times = new TokenTimes(100)
    times.token(150, false)
    times.token(190, true)
    expect(times.timing()).toMatchObject({ ttft: 50, ttfo: 90 })
  })
})

describe('of a run', () => {
  test('each time is a distribution of its own', () => {
    const slower: Stream = { reads: [200, 300, 400, 500].map((at) => [at, 1]) }
    const run = summaryOf([EVEN, slower])
    expect(run.ttft).toMatchObject({ label: 'TTFT of all requests', count: 2, min: 100, max: 200 })
    expect(run.ttfo).toMatchObject({ label: 'TTFO of all requests', count: 2, max: 200 })
    expect(run.ttst).toMatchObject({ label: 'TTST of all requests', count: 2, min: 50, max: 100 })
    expect(run.tpot).toMatchObject({ label: 'TPOT of all requests', count: 2, min: 50, max: 100 })
    expect(run.requests[0]?.tpot).toMatchObject({ label: 'TPOT of stream', count: 2 })
    expect(run.tokens?.perUser).toMatchObject({ count: 2, min: 10, max: 20, mean: 15 })
  })

  test('a stream that failed is infinitely slow; what it put out still counts', () => {
    const run = summaryOf([EVEN, { ...EVEN, outcome: 'truncated' }])
    expect([run.ttfo, run.ttst, run.tpot]).toMatchObject([
      { count: 1, failed: 1 },
      { count: 1, failed: 1 },
      { count: 1, failed: 1 },
    ])
    expect(run.tokens).toMatchObject({ count: 8, streams: 2, perUser: { count: 1 } })
  })

  test('without a stream it has no tokens', () => {
    const recorder = new Recorder(0)
    recorder.series('chat').record({ outcome: 'ok', startedAt: 0, endedAt: 5, firstByteAt: 4 })
    const run = summarize(recorder.data(1_000), 1_000)
    expect([run.tokens, run.joint, run.tpot.count]).toEqual([undefined, undefined, 0])
  })

  test.each<readonly [readonly (number | undefined)[], TokenSource]>([
    [[4, 4], 'usage'],
    [[4, undefined], 'chunks'],
  ])('streams counted %j are counted by %s: the least sure says', (usages, source) => {
    const streams = usages.map((usage) => ({ ...EVEN, ...(usage !== undefined && { usage }) }))
    expect(summaryOf(streams).tokens).toMatchObject({ count: 8, source })
  })

  test('chunks of several tokens are told', () =>
    expect(summaryOf([{ ...EVEN, usage: 14 }]).tokens).toMatchObject({
      count: 14,
      chunks: 4,
      perChunk: 3.5,
    }))

  test('requests of one name and another add up', () => {
    const { requests, tokens } = summaryOf([EVEN, { ...EVEN, name: 'other' }])
    const joined = joinOperations('both', requests)
    expect(joined.tokens).toEqual(tokens)
    expect(joined.tpot).toMatchObject({ label: 'TPOT of both', count: 2 })
    expect(joined.joint?.count).toBe(2)
  })
})

describe('buffered is a stream of 16 tokens and more whose first came after 90 % of its time', () => {
  const late = (at: number, tokens: number): Stream => ({
    reads: [
      [at, tokens],
      [100, 0],
    ],
  })

  test.each([
    ['at once', late(100, 16), 1],
    ['at 91 %', late(91, 16), 1],
    ['at 90 %', late(90, 16), 0],
    ['of 15 tokens', late(100, 15), 0],
    ['that failed', { ...late(100, 16), outcome: 'truncated' as const }, 0],
    ['of 16 tokens in one chunk', { reads: [[100, 1]] as const, usage: 16 }, 1],
  ])('%s', (_what, stream, count) => {
    const run = summaryOf([stream, EVEN])
    expect(run.tokens?.buffered.count).toBe(count)
  })
})

describe('tokens per second are those that came in the judged time', () => {
  /** A token each 500 ms, from 500 ms to 3.5 s. */
  const long: Stream = { reads: [1, 2, 3, 4, 5, 6, 7].map((at) => [at * 500, 1]) }

  test('each window has its own', () => {
    const run = summaryOf([long])
    expect(run.timeline.map(({ at, tokens }) => [at, tokens])).toEqual([
      [0, 1],
      [1_000, 2],
      [2_000, 2],
      [3_000, 2],
    ])
    expect(run.tokens?.perSecond).toBe(7 / 4)
    expect(run.requests[0]?.timeline.map(({ tokens }) => tokens)).toEqual([1, 2, 2, 2])
  })

  test("the service's count is laid over the chunks, in whole tokens that add up", () => {
    const { timeline, tokens } = summaryOf([{ ...long, usage: 25 }])
    expect(timeline.map((window) => window.tokens)).toEqual([4, 7, 7, 7])
    expect(tokens).toMatchObject({ count: 25, perSecond: 25 / 4 })
  })

  test('those of a stream that began before belong to the phase in which they came', () => {
    const [rampUp, steady, stop] = [new Recorder(0), new Recorder(1_250), new Recorder(2_600)]
    rampUp.followedBy(steady)
    steady.followedBy(stop)
    record(rampUp, long)
    record(steady, { ...EVEN, startedAt: 1_300, reads: [[1_400, 1]] })
    const tokens = [rampUp, steady, stop].map((recorder) => recorder.data(4_000).whole)
    const arrived = tokens.map(({ windows }) => windows.map((window) => window.tokens))
    // The stop has no series of that name, and so no tokens of its own.
    expect(arrived).toEqual([[1, 1, undefined], [3, 1], [undefined]])
  })
})
