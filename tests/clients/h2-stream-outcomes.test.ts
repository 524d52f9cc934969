import { constants, type ServerHttp2Stream } from 'node:http2'
import { describe, expect, test } from 'vitest'
import { toTimeouts, type TimeoutOptions } from '../../src/clients/timeouts.ts'
import { toTlsSettings } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import type { OutcomeKind } from '../../src/metrics/outcome.ts'
import { respondJson, serveH2 } from '../support/h2-server.ts'
import { CA } from '../support/tls-server.ts'
import { CHAT } from './streams.ts'
import { createUser, type User } from './user.ts'

const transport = new Transport({ tls: toTlsSettings({ ca: CA }, 'tls'), h2: true })
const [ROLE, FIRST, SECOND, DONE] = CHAT
const ERROR = '{"error":{"message":"full"}}'

const events = (stream: ServerHttp2Stream, ...data: readonly unknown[]): ServerHttp2Stream => {
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
  for (const each of data) stream.write(`data: ${String(each)}\n\n`)
  return stream
}

type Fault = readonly [
  what: string,
  outcome: OutcomeKind,
  act: (stream: ServerHttp2Stream) => unknown,
  timeout?: TimeoutOptions,
]

/** What else may go wrong is the same over HTTP/1.1. */
const FAULTS: readonly Fault[] = [
  ['no fault at all', 'ok', (stream) => events(stream, ROLE, FIRST, SECOND, DONE).end()],
  ['an error page', 'status', (stream) => respondJson(stream, {}, 503)],
  ['an error event', 'streamError', (stream) => events(stream, FIRST, ERROR).end()],
  ['a clean end without the marker', 'truncated', (stream) => events(stream, FIRST).end()],
  [
    'a stream that is reset',
    'truncated',
    (stream) => {
      events(stream, FIRST)
      setTimeout(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 20)
    },
  ],
  [
    'a lost connection',
    'truncated',
    (stream) => {
      events(stream, FIRST)
      setTimeout(() => stream.session?.destroy(), 20)
    },
  ],
  ['an end marker without a token', 'empty', (stream) => events(stream, ROLE, DONE).end()],
  ['an empty body', 'empty', (stream) => events(stream).end()],
  ['silence after a token', 'stalled', (stream) => events(stream, FIRST), { stall: 60 }],
  ['no answer', 'timeout', () => {}, { firstByte: 60 }],
  ['no token', 'timeout', (stream) => events(stream, ROLE), { firstToken: 60 }],
  ['no end', 'timeout', (stream) => events(stream, FIRST), { total: 90 }],
]

const readFetch = async ({ fetch }: User): Promise<void> => {
  await (await fetch('/stream', { headers: { accept: 'text/event-stream' } })).text()
}

const READERS: Readonly<Record<string, (user: User) => Promise<unknown>>> = {
  'http.stream': ({ http }) => Promise.resolve(http.stream('/stream')),
  'the recorded fetch': readFetch,
}

describe.each(Object.entries(READERS))('%s over HTTP/2', (_reader, read) => {
  const faults = FAULTS.map(([what, outcome, act, timeout]) => ({ what, outcome, act, timeout }))

  test.each(faults)('$what is $outcome', async ({ outcome, act, timeout }) => {
    await using server = await serveH2(act)
    const user = createUser(server.url, { transport, timeouts: toTimeouts(timeout, 'timeout') })
    await Promise.allSettled([read(user)])
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /stream': { [outcome]: 1 } })
    await user.caller.connections.close()
    expect(user.caller.inFlight.size).toBe(0)
    await server.emptied()
  })
})
