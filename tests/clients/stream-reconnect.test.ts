import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { StreamOptions } from '../../src/clients/http.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { serve, type TestServer } from '../support/servers.ts'
import { collect } from './streams.ts'
import { createUser, failureOf, plain } from './user.ts'

const AT_ONCE: StreamOptions = { reconnect: { delay: 1 } }
const END = 'data: [DONE]\n\n'

/** How a connection goes: what is said, and what is done then. */
type Turn = (response: ServerResponse, request: IncomingMessage) => unknown

const say =
  (text: string, then: (response: ServerResponse) => unknown = (each) => each.end()): Turn =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text, () => then(response))
  }

/** A service that takes each connection as the next turn says, the last one ever after. */
async function inTurns(...turns: readonly Turn[]): Promise<TestServer & { asked: string[] }> {
  const asked: string[] = []
  const server = await serve((request, response) => {
    asked.push(String(request.headers['last-event-id']))
    return turns[Math.min(asked.length, turns.length) - 1]?.(response, request)
  })
  return Object.assign(server, { asked })
}

describe('a stream that reconnects', () => {
  test.each<readonly [string, (response: ServerResponse) => unknown]>([
    ['is closed', (response) => response.end()],
    ['breaks', (response) => response.socket?.destroy()],
    ['is reset', (response) => response.socket?.resetAndDestroy()],
  ])('goes on where it was when it %s', async (_how, end) => {
    const first = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: lo'
    await using server = await inTurns(say(first, end), say(`id: 3\ndata: lost\n\n${END}`))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', AT_ONCE)
    expect(await collect(stream)).toEqual(['a', 'b', 'lost'])
    const { reconnects, counted, ttft, gaps } = await stream
    expect(reconnects).toBe(1)
    expect(counted).toEqual({ count: 3, source: 'chunks' })
    expect(ttft).toBeGreaterThan(0)
    expect(gaps.length).toBeGreaterThan(0)
    expect(server.asked).toEqual(['undefined', '2'])
  })

  test('is one operation; each way back is one of its parts', async () => {
    const lost = say('data: a\n\n')
    await using server = await inTurns(lost, lost, say(END))
    await using user = createUser(server.url)
    expect((await user.http.stream('/events', AT_ONCE)).reconnects).toBe(2)
    const { requests, count, errors } = user.summary()
    expect([count, errors]).toEqual([1, []])
    expect(requests[0]).toMatchObject({ name: 'GET /events', ok: 1, ttct: { count: 1 } })
    const [recovery] = requests[0]?.parts ?? []
    expect(recovery).toMatchObject({ name: 'GET /events › recovery', ok: 2 })
  })

  test('waits as long as the service says', async () => {
    await using server = await inTurns(say('retry: 80\ndata: a\n\n'), say(END))
    await using user = createUser(server.url)
    await user.http.stream('/events', { reconnect: { delay: '20s' } })
    const recovery = user.summary().requests[0]?.parts[0]?.latency
    expect(recovery?.min).toBeGreaterThan(75)
    expect(recovery?.max).toBeLessThan(10_000)
  })

  test('sends an id with any letters as its bytes', async () => {
    await using server = await inTurns(say('id: café\ndata: a\n\n'), say(END))
    await using user = createUser(server.url)
    await user.http.stream('/events', AT_ONCE)
    expect(Buffer.from(server.asked[1] ?? '', 'latin1').toString()).toBe('café')
  })

  test('owes its first token once', async () => {
    const later: Turn = async (response, request) => {
      await sleep(100)
      return say(END)(response, request)
    }
    await using server = await inTurns(say('data: a\n\n'), later)
    await using user = createUser(server.url)
    const options = {
      reconnect: { delay: 250 },
      timeout: { firstToken: 300, total: '5s' },
    } as const
    expect(await user.http.stream('/events', options)).toMatchObject({ reconnects: 1 })
  })

  test('ends well with a 204', async () => {
    await using server = await inTurns(say('data: a\n\n'), (response) => {
      response.writeHead(204).end()
    })
    await using user = createUser(server.url)
    expect(await user.http.stream('/events', AT_ONCE)).toMatchObject({ text: 'a', reconnects: 0 })
    expect(user.outcomes()).toEqual({ 'GET /events': { ok: 1 } })
  })
})

describe('gives up', () => {
  test('after so many attempts without an event, as what it was lost by', async () => {
    const lost = say('data: a\n\n')
    const nothing = say('')
    await using server = await inTurns(lost, nothing, lost, nothing)
    await using user = createUser(server.url)
    const reconnect = { delay: 1, attempts: 3 }
    const error = await failureOf(user.http.stream('/events', { reconnect }))
    expect(error).toMatchObject({ kind: 'empty', partial: { text: 'aa', reconnects: 5 } })
    expect(server.asked).toHaveLength(6)
    expect(user.outcomes()).toEqual({ 'GET /events': { empty: 1 } })
    expect(user.caller.inFlight.size).toBe(0)
  })

  test.each<readonly [string, Turn, string, string]>([
    [
      'at a status that is no stream',
      (response) => response.writeHead(503).end('full'),
      'status',
      'answered 503 Service Unavailable, expected a status below 300\nfull',
    ],
    [
      'at an error event',
      say('event: error\ndata: full\n\n'),
      'streamError',
      'got an error in the stream: full',
    ],
  ])('%s', async (_when, turn, kind, message) => {
    await using server = await inTurns(say('data: a\n\n'), turn)
    await using user = createUser(server.url)
    const error = await failureOf(user.http.stream('/events', AT_ONCE))
    expect(error.kind).toBe(kind)
    expect(plain(error.message)).toBe(`GET http://service/events ${message}`)
    expect(error.partial?.text).toBe('a')
  })

  test('when nobody listens any more', async () => {
    const server = await inTurns(say('data: a\n\n', (response) => response.socket?.destroy()))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', { reconnect: { delay: 50, attempts: 2 } })
    await stream[Symbol.asyncIterator]().next()
    await server[Symbol.asyncDispose]()
    expect((await failureOf(stream)).kind).toBe('refused')
    expect(user.summary().requests[0]?.parts[0]?.outcomes).toEqual({ refused: 1 })
  })

  test('a first connection that fails at once', async () => {
    await using server = await inTurns((response) => response.socket?.destroy(), say(END))
    await using user = createUser(server.url)
    expect((await failureOf(user.http.stream('/events', AT_ONCE))).kind).toBe('reset')
  })

  test.each([5, 500])('when its total time is over, pausing for %d ms', async (delay) => {
    await using server = await inTurns(say('data: a\n\n'))
    await using user = createUser(server.url)
    const options = { reconnect: { delay, attempts: 1_000 }, timeout: 400 }
    const error = await failureOf(user.http.stream('/events', options))
    expect(error.reason).toBe('timed out: no end of the stream within 400 ms')
    expect(error).toMatchObject({ kind: 'timeout', partial: { ttft: expect.any(Number) } })
    expect(user.caller.inFlight.size).toBe(0)
  })
})

describe('while it waits to come back', () => {
  const LONG: StreamOptions = { reconnect: { delay: '20s' } }

  test('the end of the run cuts it off', async () => {
    await using server = await inTurns(say('data: a\n\n'))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', LONG)
    await sleep(50)
    user.caller.inFlight.abortAll('over')
    expect((await failureOf(stream)).kind).toBe('cutOff')
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('it can be left', async () => {
    await using server = await inTurns(say('data: a\n\n'))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', LONG)
    await sleep(50)
    stream.cancel()
    expect((await failureOf(stream)).kind).toBe('aborted')
    expect(user.outcomes()).toEqual({ 'GET /events': { aborted: 1 } })
  })

  test('it can be stopped', async () => {
    await using server = await inTurns(say('data: a\n\n'))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', LONG)
    await sleep(50)
    stream.stopping(user.caller.clock.now())
    expect(await stream).toMatchObject({ stopped: true, text: 'a', reconnects: 0 })
  })

  test('closed connections end it, when its time has come', async () => {
    await using server = await inTurns(say('data: a\n\n'))
    await using user = createUser(server.url)
    const stream = user.http.stream('/events', { reconnect: { delay: 80 } })
    await sleep(30)
    await user.caller.connections.close()
    expect((await failureOf(stream)).kind).toBe('cutOff')
  })
})

describe('refused is', () => {
  test.each<readonly [StreamOptions, string]>([
    [
      { reconnect: true, json: {} },
      'http.stream.reconnect is for GET only: a POST that is sent again asks for another answer. Leave it out and call http.stream() again yourself, or subscribe with a GET',
    ],
    [
      { reconnect: { delay: '1' as never } },
      `http.stream.reconnect.delay must be milliseconds or a string like '250ms', '1.5s', '2m', got "1". Write the unit: '1ms', '1s', '1m', '1h'`,
    ],
    [
      { reconnect: { tries: 3 } as never },
      'http.stream.reconnect.tries is not known; known: "delay", "attempts"',
    ],
  ])('%j', async (options, message) => {
    await using server = await inTurns(say(END))
    await using user = createUser(server.url)
    const call = (): unknown => user.http.stream('/events', options)
    expect(call).toThrow(UsageError)
    expect(call).toThrow(message)
    expect(server.accepted).toBe(0)
  })
})
