import { createParser } from 'eventsource-parser'
import { Client, type Dispatcher } from 'undici'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerCalls } from '../common/answer-calls.ts'
import type { Read } from './ours.ts'
import { rampOf, STREAMS } from './pace.ts'

interface Stream {
  readonly ttft: number
  readonly tokens: number
}

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

async function user(url: string, start: number): Promise<readonly Stream[]> {
  await sleep(start)
  const client = new Client(url, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  const streams: Stream[] = []
  for (let each = 0; each < STREAMS; each++) streams.push(await read(client))
  await client.close()
  return streams
}

answerCalls({
  read: async (url: string, users: number): Promise<Read> => {
    const before = process.cpuUsage()
    const starts = Array.from({ length: users }, (_, at) => (at / users) * rampOf(users))
    const streams = (await Promise.all(starts.map((start) => user(url, start)))).flat()
    const { user: own, system } = process.cpuUsage(before)
    const sorted = streams.map(({ ttft }) => ttft).toSorted((left, right) => left - right)
    const tokens = streams.reduce((sum, each) => sum + each.tokens, 0)
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
    const cpu = (own + system) / tokens
    return { count: sorted.length, p50: at(0.5), p99: at(0.99), cpu, flagged: [] }
  },
})
