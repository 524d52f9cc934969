import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { StreamOptions } from '../../src/clients/http.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import {
  deadUrl,
  sendEvents,
  sendJson,
  serve,
  serveBytes,
  type Listener,
} from '../support/servers.ts'
import { createUser, failureOf, plain, type User } from './user.ts'

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n'
const chunk = (delta: object): string =>
  JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta }] })
const CHAT = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Hel' }),
  chunk({ content: 'lo' }),
  '[DONE]',
]

const events =
  (list: readonly string[], options?: Parameters<typeof sendEvents>[2]): Listener =>
  (_request, response) =>
    sendEvents(response, list, options)
const collect = async (stream: AsyncIterable<string>): Promise<string[]> => {
  const tokens: string[] = []
  for await (const token of stream) tokens.push(token)
  return tokens
}
const requestOf = (user: User) => user.summary().requests[0]

describe('a stream', () => {
  test('awaited, gives its text, tokens and times', async () => {
    await using server = await serve(events(['a', 'b', '[DONE]']))
    await using user = createUser(server.url)
    const result = await user.http.stream('/stream')
    expect(result).toMatchObject({ status: 200, text: 'ab', tokens: ['a', 'b'] })
    expect([...result]).toEqual(['a', 'b'])
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
    expect(requestOf(user)).toMatchObject({ ttfb: { count: 1 }, ttft: { count: 1 } })
    expect(requestOf(user)?.ttct.count).toBe(1)
  })

  test('iterated, gives its tokens as they come, and then its end', async () => {
    let more: (() => void) | undefined
    await using server = await serve((_request, response) => {
      response.writeHead(200).write('data: a\n\n')
      more = () => response.end('data: b\n\n')
    })
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream')
    const tokens: string[] = []
    for await (const token of stream) {
      tokens.push(token)
      more?.()
    }
    expect(tokens).toEqual(['a', 'b'])
    expect((await stream).text).toBe('ab')
  })

  test('can be read by several, and again when it has ended', async () => {
    await using server = await serve(events(['a', 'b', 'c'], { gap: 2 }))
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream')
    const all = await Promise.all([collect(stream), collect(stream), stream.text()])
    expect(all).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], 'abc'])
    expect(await collect(stream)).toEqual(['a', 'b', 'c'])
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
  })

  test('is read at full speed, however slowly the test looks at it', async () => {
    await using server = await serve(events(['a', 'b', 'c', '[DONE]']))
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream')
    for await (const token of stream) await sleep(token === 'a' ? 250 : 0)
    expect((await stream).ttct).toBeLessThan(250)
  })

  test('posts what it is given, with cookies, and keeps those it gets', async () => {
    const seen: unknown[] = []
    await using server = await serve(({ method, headers }, response) => {
      seen.push([method, headers['content-type'], headers.cookie])
      response.setHeader('set-cookie', 'sid=1').end('data: a\n\n')
    })
    await using user = createUser(server.url)
    await user.http.stream('/chat', { json: {} })
    await user.http.stream('/chat', { method: 'PUT', body: 'x' })
    await user.http.stream('/chat')
    expect(seen).toEqual([
      ['POST', 'application/json', undefined],
      ['PUT', undefined, 'sid=1'],
      ['GET', undefined, 'sid=1'],
    ])
  })

  test('nobody awaits may fail without bringing the process down', async () => {
    await using user = createUser(await deadUrl())
    user.http.stream('/stream')
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /stream': { refused: 1 } })
  })
})

describe('what is spoken', () => {
  test.each<readonly [string, StreamOptions, readonly string[]]>([
    ['is recognised: chat chunks', {}, ['Hel', 'lo']],
    ['is said: openai.chat', { wire: 'openai.chat' }, ['Hel', 'lo']],
    ['is said: raw events', { wire: 'sse' }, CHAT.slice(0, -1)],
    [
      'is said by paths',
      { wire: { framing: 'sse', token: 'choices.0.delta.content', done: '[DONE]' } },
      ['Hel', 'lo'],
    ],
  ])('%s', async (_what, options, tokens) => {
    await using server = await serve(events(CHAT))
    await using user = createUser(server.url)
    expect((await user.http.stream('/chat', options)).tokens).toEqual(tokens)
  })

  test('the first token of recognised chat chunks is not the role', async () => {
    await using server = await serve(async (_request, response) => {
      response.write(`data: ${CHAT[0]}\n\n`)
      await sleep(60)
      for (const data of CHAT.slice(1)) response.write(`data: ${data}\n\n`)
      response.end()
    })
    await using user = createUser(server.url)
    const { ttft } = await user.http.stream('/chat')
    expect(ttft).toBeGreaterThan(50)
  })

  test('chunked text: every read is a token', async () => {
    await using server = await serve(async (_request, response) => {
      response.write('Grü')
      await sleep(20)
      response.end('ße')
    })
    await using user = createUser(server.url)
    expect((await user.http.stream('/text', { wire: 'text' })).tokens).toEqual(['Grü', 'ße'])
  })

  test.each([
    [{ wire: 'openai' }, 'wire "openai" is not a wire'],
    [{ wire: { framing: 'sse', tokens: 'a' } }, 'wire.tokens is not an option'],
    [{ jsno: {} }, 'http.get.jsno is not an option'],
  ])('%j is refused before anything is sent', async (options, message) => {
    await using user = createUser(await deadUrl())
    const start = (): unknown => user.http.stream('/chat', options as never)
    expect(start).toThrow(UsageError)
    expect(start).toThrow(message)
    expect(user.outcomes()).toEqual({})
  })
})

describe('times', () => {
  test('are from the call: headers, first token, end', async () => {
    await using server = await serve(async (_request, response) => {
      await sleep(40)
      response.writeHead(200).flushHeaders()
      for (const data of ['a', 'b', 'c', '[DONE]']) {
        await sleep(40)
        response.write(`data: ${data}\n\n`)
      }
      response.end()
    })
    await using user = createUser(server.url)
    const { ttfb = 0, ttft = 0, ttct = 0, gaps } = await user.http.stream('/stream')
    // A timer may fire a millisecond early; how late anything comes, nobody knows.
    expect(ttfb).toBeGreaterThan(35)
    expect(ttft - ttfb).toBeGreaterThan(35)
    expect(ttct - ttft).toBeGreaterThan(110)
    expect(gaps).toHaveLength(2)
    expect(Math.min(...gaps)).toBeGreaterThan(20)
    expect(gaps.reduce((sum, gap) => sum + gap, ttft)).toBeLessThan(ttct)
  })

  test('the end is the marker, not the close that follows later', async () => {
    await using server = await serve(async (_request, response) => {
      await sendEvents(response, CHAT, { end: false })
      await sleep(300)
      response.end()
    })
    await using user = createUser(server.url)
    const { ttct } = await user.http.stream('/chat')
    expect(ttct).toBeLessThan(250)
    await expect.poll(() => user.caller.inFlight.size).toBe(0)
    expect((await user.http.stream('/chat')).text).toBe('Hello')
    expect(server.accepted).toBe(1)
  })
})

describe('left early', () => {
  const endless: Listener = (_request, response) => {
    response.write('data: a\n\n')
  }

  test.each<readonly [string, (user: User) => Promise<unknown>]>([
    [
      'by a break out of the loop',
      async ({ http }) => {
        for await (const _token of http.stream('/stream')) break
      },
    ],
    [
      'by an error in the loop',
      async ({ http }) => {
        const reading = async (): Promise<void> => {
          for await (const token of http.stream('/stream')) throw new Error(token)
        }
        await expect(reading()).rejects.toThrow('a')
      },
    ],
    [
      'by cancel(), at a token',
      async ({ http }) => {
        const stream = http.stream('/stream')
        await stream[Symbol.asyncIterator]().next()
        stream.cancel()
        expect((await failureOf(stream)).kind).toBe('aborted')
      },
    ],
    [
      'by cancel(), at once',
      async ({ http }) => {
        const stream = http.stream('/stream')
        stream.cancel()
        expect(plain((await failureOf(stream)).message)).toBe(
          'GET http://service/stream was aborted: the test left the stream',
        )
      },
    ],
  ])('%s, it is aborted, no failure, and its connection closed', async (_how, leave) => {
    await using server = await serve(endless)
    await using user = createUser(server.url)
    await leave(user)
    expect(user.outcomes()).toEqual({ 'GET /stream': { aborted: 1 } })
    expect(user.summary()).toMatchObject({ count: 0, aborted: 1, errors: [] })
    expect(user.caller.tally.failed).toBe(0)
    expect(user.caller.inFlight.size).toBe(0)
    await server.emptied()
  })

  test('after its end, cancel() changes nothing', async () => {
    await using server = await serve(events(['a', '[DONE]']))
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream')
    await stream
    stream.cancel()
    expect((await stream).text).toBe('a')
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
  })
})

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
  'an error event whose line end is missing': {
    bytes: `${HEAD}connection: close\r\n\r\ndata: a\n\nevent: error\ndata: overloaded`,
    kind: 'streamError',
    message: 'got an error in the stream: overloaded',
  },
  'an empty body': {
    listener: events([]),
    kind: 'truncated',
    message: 'was cut off in the middle of the answer: it ended before its first token',
  },
  'an answer that is no stream': {
    listener: (_request, response) => sendJson(response, { error: 'no such model' }),
    kind: 'truncated',
    message:
      'was cut off in the middle of the answer: it ended before its first token (content-type: application/json)\n{"error":"no such model"}',
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
    expect(requestOf(user)).toMatchObject({ ok: 0, ttft: { count: 0 }, ttct: { count: 0 } })
  })

  test('no stream of which a status was expected', async () => {
    await using server = await serve((_request, response) => sendJson(response, {}, 404))
    await using user = createUser(server.url)
    const result = await user.http.stream('/stream', { expect: 404 })
    expect(result).toMatchObject({ status: 404, text: '', ttft: undefined, ttct: undefined })
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
  })
})

describe('the connection', () => {
  test('serves the next stream after a good end', async () => {
    await using server = await serve(events(CHAT))
    await using user = createUser(server.url)
    for (let call = 0; call < 4; call++) await user.http.stream('/chat')
    expect(server.accepted).toBe(1)
  })

  test('is closed when the service holds it open after the end', async () => {
    await using server = await serve(events(CHAT, { end: false }))
    await using user = createUser(server.url)
    expect((await user.http.stream('/chat')).text).toBe('Hello')
    expect(user.caller.inFlight.size).toBe(1)
    await server.emptied()
    expect(user.outcomes()).toEqual({ 'GET /chat': { ok: 1 } })
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('is closed after an error event, whatever would follow', async () => {
    await using server = await serve(events(['{"error":"full"}'], { end: false }))
    await using user = createUser(server.url)
    expect((await failureOf(user.http.stream('/chat'))).kind).toBe('streamError')
    await server.emptied()
  })

  test('of an open stream never holds up another call of the same user', async () => {
    let release: (() => void) | undefined
    await using server = await serve(({ url }, response) => {
      if (url === '/stop') {
        release?.()
        response.end()
        return
      }
      response.write('data: a\n\n')
      release = () => response.end('data: [DONE]\n\n')
    })
    await using user = createUser(server.url)
    const stream = user.http.stream('/stream')
    await stream[Symbol.asyncIterator]().next()
    await user.http.post('/stop', { timeout: '5s' })
    expect((await stream).text).toBe('a')
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 }, 'POST /stop': { ok: 1 } })
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
    user.http.stream(`/${kinds[at % kinds.length]}`, { timeout: '1s' }),
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
