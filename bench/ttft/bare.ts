import { createParser } from 'eventsource-parser'
import { Client, type Dispatcher } from 'undici'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerCalls } from '../common/answer-calls.ts'
import type { Read } from './ours.ts'
import type { Pace } from './pace.ts'

interface Stream {
  readonly ttft: number
  readonly tokens: number
}

interface Begun {
  readonly inRamp: Stream[]
  readonly judged: Stream[]
}

const origin = { at: 0 }

/** What a user of undici and eventsource-parser would write by hand. */
function read(client: Client): Promise<Stream> {
  const startedAt = performance.now()
  const seen = { ttft: Number.NaN, tokens: 0 }
  const decoder = new TextDecoder()
  return new Promise((resolve, reject) => {
    const at = { now: startedAt }
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return
        if (seen.tokens++ === 0) seen.ttft = at.now - startedAt
      },
    })
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {},
      onResponseStart: () => {},
      onResponseData: (_controller, chunk) => {
        at.now = performance.now()
        parser.feed(decoder.decode(chunk, { stream: true }))
      },
      onResponseEnd: () => resolve(seen),
      onResponseError: (_controller, error) => reject(error),
    }
    client.dispatch({ method: 'GET', path: '/' }, handler)
  })
}

async function user(url: string, from: number, { rampUp, duration }: Pace): Promise<Begun> {
  await sleep(from)
  const client = new Client(url, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  const begun: Begun = { inRamp: [], judged: [] }
  for (;;) {
    const at = performance.now() - origin.at
    if (at >= rampUp + duration) break
    const stream = await read(client)
    ;(at < rampUp ? begun.inRamp : begun.judged).push(stream)
  }
  await client.close()
  return begun
}

answerCalls({
  read: async (url: string, pace: Pace): Promise<Read> => {
    const { users, rampUp } = pace
    const before = process.cpuUsage()
    origin.at = performance.now()
    const all = await Promise.all(
      Array.from({ length: users }, (_, at) => user(url, (at / users) * rampUp, pace)),
    )
    const { user: own, system } = process.cpuUsage(before)
    const judged = all.flatMap((each) => each.judged)
    const sorted = judged.map(({ ttft }) => ttft).toSorted((left, right) => left - right)
    const every = [...judged, ...all.flatMap((each) => each.inRamp)]
    const tokens = every.reduce((sum, each) => sum + each.tokens, 0)
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
    const cpu = (own + system) / tokens
    return { count: sorted.length, p50: at(0.5), p99: at(0.99), cpu, flagged: [] }
  },
})
