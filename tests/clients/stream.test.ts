import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { StreamOptions } from '../../src/clients/http.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { deadUrl, sendEvents, serve, type Listener } from '../support/servers.ts'
import { CHAT, collect, events } from './streams.ts'
import { createUser, failureOf, plain, type User } from './user.ts'

describe('a stream', () => {
  test('awaited, gives its text, tokens and times', async () => {
    await using server = await serve(events(['a', 'b', '[DONE]']))
    await using user = createUser(server.url)
    const result = await user.http.stream('/stream')
    expect(result).toMatchObject({ status: 200, text: 'ab', tokens: ['a', 'b'] })
    expect([...result]).toEqual(['a', 'b'])
    expect(user.outcomes()).toEqual({ 'GET /stream': { ok: 1 } })
    expect(user.summary().requests[0]).toMatchObject({ ttfb: { count: 1 }, ttft: { count: 1 } })
    expect(user.summary().requests[0]?.ttct.count).toBe(1)
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
    for await (const token of stream) await sleep(token === 'a' ? 500 : 0)
    expect((await stream).ttct).toBeLessThan(500)
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
    expect(ttft).toBeGreaterThan(Math.max(ttfb, 75))
    expect(ttct).toBeGreaterThan(Math.max(ttft, 195))
    expect(gaps).toHaveLength(2)
    expect(gaps.reduce((sum, gap) => sum + gap, ttft)).toBeLessThan(ttct)
  })

  test('the end is the marker, not the close that follows later', async () => {
    await using server = await serve(async (_request, response) => {
      await sendEvents(response, CHAT, { end: false })
      await sleep(600)
      response.end()
    })
    await using user = createUser(server.url)
    const { ttct } = await user.http.stream('/chat')
    expect(ttct).toBeLessThan(600)
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
          'GET http://service/stream was given up: the test left the stream',
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
