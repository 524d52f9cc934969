import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { StreamOptions } from '../../src/clients/http.ts'
import {
  deadUrl,
  sendEvents,
  sendJson,
  serve,
  serveBytes,
  type Listener,
} from '../support/servers.ts'
import { CHAT, collect, events } from './streams.ts'
import { createUser, failureOf, plain } from './user.ts'

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n'

interface Failing {
  readonly listener?: Listener
  readonly bytes?: string
  readonly options?: StreamOptions
  readonly kind: string
  readonly message: string
}

const FAILING: Readonly<Record<string, Failing>> = {
  'a reset before the headers': {
    listener: ({ socket }) => socket.resetAndDestroy(),
    kind: 'reset',
    message: 'lost its connection before an answer came (ECONNRESET)',
  },
  'a status that is not expected, with its body': {
    listener: (_request, response) => sendJson(response, { error: 'full' }, 503),
    kind: 'status',
    message: 'answered 503 Service Unavailable, expected a status below 300\n{"error":"full"}',
  },
  'a redirect, which is no stream': {
    listener: (_request, response) => response.writeHead(302, { location: '/other' }).end(),
    kind: 'status',
    message: 'answered 302 Found, expected a status below 300',
  },
  'another status than the one expected': {
    listener: events(['a']),
    options: { expect: [409, 429] },
    kind: 'status',
    message: 'answered 200 OK, expected 409 or 429\ndata: a',
  },
  'a first byte that does not come': {
    listener: () => {},
    options: { timeout: { firstByte: 50 } },
    kind: 'timeout',
    message: 'timed out: no first byte within 50 ms (gave up after … ms)',
  },
  'a stream that outlasts its total time': {
    listener: events(['a'], { end: false }),
    options: { timeout: '120ms' },
    kind: 'timeout',
    message: 'timed out: no complete answer within 120 ms (gave up after … ms)',
  },
  'an end without the marker': {
    listener: events(CHAT.slice(0, 3)),
    kind: 'truncated',
    message: 'was cut off in the middle of the answer: it ended without its end marker',
  },
  'an error event': {
    listener: events([CHAT[1] ?? '', '{"error":{"message":"out of memory"}}', ...CHAT]),
    kind: 'streamError',
    message: 'got an error in the stream: out of memory',
  },
  'an error event with an end marker right behind it': {
    bytes: `${HEAD}connection: close\r\n\r\ndata: {"error":"overloaded"}\n\ndata: [DONE]\n\n`,
    kind: 'streamError',
    message: 'got an error in the stream: overloaded',
  },
  'an error event whose line end is missing': {
    bytes: `${HEAD}connection: close\r\n\r\ndata: a\n\nevent: error\ndata: overloaded`,
    kind: 'streamError',
    message: 'got an error in the stream: overloaded',
  },
  'an empty body': {
    listener: events([]),
    kind: 'empty',
    message: 'ended without a token',
  },
  'an end marker without a token before it': {
    listener: events([CHAT[0] ?? '', '[DONE]']),
    kind: 'empty',
    message:
      'ended without a token\ndata: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]} data: [DONE]',
  },
  'a wire that looks for its tokens where there are none': {
    listener: events(['{"delta":"a"}', '[DONE]']),
    options: { wire: { framing: 'sse', token: 'text', done: '[DONE]' } },
    kind: 'empty',
    message: 'ended without a token\ndata: {"delta":"a"} data: [DONE]',
  },
  'a first token that does not come': {
    listener: events([CHAT[0] ?? ''], { end: false }),
    options: { timeout: { firstToken: 300 } },
    kind: 'timeout',
    message:
      'timed out: no first token within 300 ms\ndata: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}',
  },
  'a token that does not come after the one before': {
    listener: events(CHAT.slice(0, 3), { end: false }),
    options: { timeout: { firstToken: '5s', stall: 80 } },
    kind: 'stalled',
    message: 'stalled: no token within 80 ms of the last one',
  },
  'an answer that is no stream': {
    listener: (_request, response) => sendJson(response, { error: 'no such model' }),
    kind: 'malformed',
    message:
      'got an answer that cannot be read: application/json instead of server-sent events\n{"error":"no such model"}',
  },
  'a stream that is compressed': {
    listener: (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' })
        .end('zipped'),
    kind: 'malformed',
    message:
      'got an answer that cannot be read: it is compressed (gzip), which no stream may be\nzipped',
  },
  'a page that is no stream': {
    listener: (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Hello</h1>'),
    options: { wire: 'ollama' },
    kind: 'malformed',
    message:
      'got an answer that cannot be read: text/html instead of JSON in lines\n<h1>Hello</h1>',
  },
  'a parser that throws': {
    listener: events(['a']),
    options: {
      wire: {
        framing: 'sse',
        parse: () => {
          throw new Error('no such field')
        },
      },
    },
    kind: 'malformed',
    message:
      'got an answer that cannot be read: the parse of its wire threw: no such field\ndata: a',
  },
  'rubbish instead of HTTP': {
    bytes: 'data: a\n\n',
    kind: 'malformed',
    message:
      'got an answer that cannot be read: Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)',
  },
}

describe('is failed, and recorded once, by', () => {
  test.each(Object.entries(FAILING))('%s', async (_what, failing) => {
    const { listener, bytes = '', options = {}, kind, message } = failing
    await using server =
      listener === undefined
        ? await serveBytes(bytes, (socket) => socket.end())
        : await serve(listener)
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream', options)
    const error = await failureOf(stream)
    expect(error.kind).toBe(kind)
    expect(plain(error.message)).toBe(`GET http://service/stream ${message}`)
    await expect(collect(stream)).rejects.toBe(error)
    await expect(stream.text()).rejects.toBe(error)
    expect(user.outcomes()).toEqual({ 'GET /stream': { [kind]: 1 } })
    expect(user.summary().errors).toMatchObject([{ kind, count: 1 }])
    expect(user.caller.tally.failed).toBe(1)
    await expect.poll(() => user.caller.inFlight.size).toBe(0)
  })

  test('nobody who listens', async () => {
    await using user = createUser(await deadUrl())
    const error = await failureOf(user.http.stream('/stream'))
    expect(error).toMatchObject({ kind: 'refused', status: undefined })
  })

  test.each([
    ['a reset in mid-stream', true],
    ['a close in mid-stream', false],
  ])('%s: the tokens until then were given', async (_how, hard) => {
    await using server = await serve(async ({ socket }, response) => {
      await sendEvents(response, ['a', 'b'], { end: false })
      await sleep(30)
      if (hard) socket.resetAndDestroy()
      else socket.destroy()
    })
    await using user = createUser(server.url)
    const tokens: string[] = []
    const reading = async (): Promise<void> => {
      for await (const token of user.http.stream('/stream')) tokens.push(token)
    }
    expect(await failureOf(reading())).toMatchObject({ kind: 'truncated', status: 200 })
    expect(tokens).toEqual(['a', 'b'])
    expect(user.summary().requests[0]).toMatchObject({
      ok: 0,
      ttft: { count: 0 },
      ttct: { count: 0 },
    })
  })

  test('what a stream that failed had given and measured stays with its error', async () => {
    await using server = await serve(events(CHAT.slice(0, 3), { gap: 10 }))
    await using user = createUser(server.url)
    const error = await failureOf(user.http.stream('/stream'))
    const { partial } = error
    expect(partial).toMatchObject({ status: 200, text: 'Hello', tokens: ['Hel', 'lo'] })
    expect(partial?.counted).toEqual({ count: 2, source: 'chunks' })
    expect(partial?.ttft).toBeGreaterThan(partial?.ttfb ?? Infinity)
    expect(partial).toMatchObject({ ttct: undefined, stopped: false })
    expect(Object.keys(error)).not.toContain('partial')
    const [request] = user.summary().requests
    expect(request).toMatchObject({ ttft: { count: 0, failed: 1 }, tokens: { count: 2 } })
  })

  test('no stream of which a status was expected', async () => {
    await using server = await serve((_request, response) => sendJson(response, {}, 404))
    await using user = createUser(server.url)
    const result = await user.http.stream('/stream', { expect: 404 })
    expect(result).toMatchObject({ status: 404, text: '', ttft: undefined, ttct: undefined })
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
  })
})

test('of many streams at once, each is recorded once, whatever became of it', async () => {
  const kinds = ['ok', 'cut', 'fail', 'hang', 'lost']
  await using server = await serve(async ({ url, socket }, response) => {
    if (url === '/fail') return sendJson(response, {}, 500)
    if (url === '/lost') return socket.destroy()
    const data = url === '/ok' ? CHAT : CHAT.slice(0, 2)
    return sendEvents(response, data, { end: url !== '/hang' })
  })
  await using user = createUser(server.url)
  const streams = Array.from({ length: 60 }, (_, at) =>
    user.http.stream(`/${kinds[at % kinds.length]}`, { timeout: '2s' }),
  )
  const results = await Promise.allSettled(streams)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(12)
  expect(user.outcomes()).toEqual({
    'GET /ok': { ok: 12 },
    'GET /cut': { truncated: 12 },
    'GET /fail': { status: 12 },
    'GET /hang': { timeout: 12 },
    'GET /lost': { reset: 12 },
  })
  expect(user.caller.tally.failed).toBe(48)
  await expect.poll(() => user.caller.inFlight.size).toBe(0)
})
