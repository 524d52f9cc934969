import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import { createCaller } from '../../src/clients/caller.ts'
import type { CallerOptions } from '../../src/clients/caller.ts'
import { HttpClient } from '../../src/clients/http.ts'
import { Session } from '../../src/clients/session.ts'
import { defineSession, type SessionDefinition } from '../../src/clients/session-definition.ts'
import { sessionFromRoutes, sessionMistakes } from '../../src/clients/session-routes.ts'
import { Sessions } from '../../src/clients/sessions.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'
import { bambooSession } from '../support/load-environment.ts'

interface Speaker {
  readonly session: Session
  readonly sessions: Sessions
  readonly summary: () => RecordingSummary
}

let bamboo: Awaited<ReturnType<typeof startBamboo>>
let speak: (
  definition?: SessionDefinition,
  id?: string,
  options?: Partial<CallerOptions>,
) => Speaker

beforeAll(async () => {
  bamboo = await startBamboo({ firstToken: 100, tokenGap: 40, tokens: 10 })
})
afterAll(() => bamboo.close())
beforeEach(({ onTestFinished }) => {
  speak = (definition = bambooSession, id, options = {}) => {
    const recorder = new Recorder(performance.now())
    const caller = createCaller({ recording: { current: recorder }, ...options })
    onTestFinished(() => caller.connections.close())
    const http = new HttpClient(caller, { baseUrl: bamboo.url, prefix: '', headers: {} })
    return {
      session: new Session(caller, http, definition, id),
      sessions: new Sessions(caller, http, definition),
      summary: () => summarize(recorder.data(performance.now()), 1_000),
    }
  }
})

describe('a session', () => {
  test('opens itself with its first operation, once', async () => {
    const { session, summary } = speak()
    expect(() => session.id).toThrow(
      'session.id is known once the session is open: await session.open() first',
    )
    await Promise.all([session.chat('hello'), session.history()])
    expect(session.id).toMatch(/\w/)
    expect(Object.fromEntries(summary().requests.map(({ name, count }) => [name, count]))).toEqual({
      open: 1,
      chat: 1,
      history: 1,
    })
  })

  test('is one record for each operation; the HTTP calls inside are its parts', async () => {
    const { session, summary } = speak()
    await session.chat('hello')
    const { requests, count } = summary()
    expect(count).toBe(2)
    const chat = requests.find(({ name }) => name === 'chat')
    expect(chat?.parts.map(({ name, count: calls }) => [name, calls])).toEqual([
      ['chat › POST /api/v1/sessions/{}/chat', 1],
    ])
  })

  test('streams, by awaiting the whole or token by token, with the times of both', async () => {
    const { session, summary } = speak()
    const whole = await session.stream('a story')
    expect(whole.tokens).toHaveLength(10)
    const tokens: string[] = []
    for await (const token of session.stream('another')) tokens.push(token)
    expect(tokens).toHaveLength(10)
    const stream = summary().requests.find(({ name }) => name === 'stream')
    expect(stream).toMatchObject({
      count: 2,
      ok: 2,
      ttft: { count: 2 },
      ttct: { count: 2 },
    })
    // On a busy machine two tokens may come in one read.
    expect(stream?.gap.count).toBeGreaterThan(9)
    expect(stream?.ttft.min).toBeGreaterThan(90)
  })

  test('streams without a wire: chat chunks are recognised, the role is no token', async () => {
    const { session, summary } = speak(
      sessionFromRoutes({
        open: 'POST /api/v1/sessions',
        id: 'session_id',
        stream: { route: 'POST /api/v1/sessions/{id}/stream', body: { message: '{text}' } },
      }),
    )
    const { tokens, text } = await session.stream('a story')
    expect([tokens.length, text]).toEqual([10, expect.not.stringContaining('{')])
    const stream = summary().requests.find(({ name }) => name === 'stream')
    expect(stream?.ttft.min).toBeGreaterThan(90)
  })

  test('stop is answered at once while the same user streams, and ends that stream well', async () => {
    const { session, summary } = speak()
    await session.open()
    const running = session.stream('a long story')
    const first = await running[Symbol.asyncIterator]().next()
    expect(first.done).toBe(false)
    const before = performance.now()
    await session.stop()
    expect(performance.now() - before).toBeLessThan(50)
    const { tokens } = await running
    expect(tokens.length).toBeLessThan(10)
    expect(summary().requests.find(({ name }) => name === 'stream')).toMatchObject({
      ok: 1,
      failed: 0,
    })
  })

  test('gives its history as a list', async () => {
    const { session } = speak()
    await session.chat('hello')
    expect(await session.history()).toMatchObject([
      { role: 'user', content: 'hello' },
      { role: 'assistant' },
    ])
  })

  test('closes once, and can be opened again', async () => {
    const { session, summary } = speak()
    await session.open()
    await session.close()
    await session.close()
    await session.chat('again')
    expect(Object.fromEntries(summary().requests.map(({ name, count }) => [name, count]))).toEqual({
      open: 2,
      close: 1,
      chat: 1,
    })
  })

  test('a failure shows the call inside it and is counted once', async () => {
    const { session, summary } = speak()
    await session.open()
    await expect(session.chat('hello', { headers: { 'x-bamboo-fail': '503' } })).rejects.toThrow(
      'answered 503',
    )
    expect(summary().requests.find(({ name }) => name === 'chat')?.outcomes).toEqual({ status: 1 })
    expect(summary().errors).toHaveLength(1)
    expect(summary().errors[0]).toMatchObject({ kind: 'status', count: 1, first: { status: 503 } })
  })

  test('sessions.open() opens more of them, under ids of their own', async () => {
    const { sessions } = speak()
    const [one, two] = [await sessions.open({ id: 'first-1' }), await sessions.open()]
    expect(one.id).toBe('first-1')
    expect(two.id).not.toBe('first-1')
    await sessions.closeAll()
    expect(() => one.id).toThrow('session.id')
  })
})

describe('a session described in code', () => {
  const definition = defineSession({
    open: async ({ http }) =>
      (await http.post('/api/v1/sessions')).json<{ session_id: string }>().session_id,
    chat: async ({ http, id }, text) => {
      await http.get(`/api/v1/sessions/${id}`)
      return http.post(`/api/v1/sessions/${id}/chat`, { json: { message: text } })
    },
    stream: ({ http, id }, text) =>
      http.stream(`/api/v1/sessions/${id}/stream`, {
        json: { message: text },
        wire: 'openai.chat',
      }),
  })

  test('may need several calls for an operation, which is still one record', async () => {
    const { session, summary } = speak(definition)
    await session.chat('hello')
    const chat = summary().requests.find(({ name }) => name === 'chat')
    expect(chat?.count).toBe(1)
    expect(chat?.parts).toHaveLength(2)
    expect(chat?.latency.min).toBeGreaterThan(chat?.parts[1]?.latency.min ?? Infinity)
  })

  test('streams under its own name', async () => {
    const { session, summary } = speak(definition)
    await session.stream('hello')
    expect(summary().requests.find(({ name }) => name === 'stream')).toMatchObject({
      count: 1,
      ttft: { count: 1 },
    })
  })

  test('says what is not described', async () => {
    const { session } = speak(definition)
    await expect(session.history()).rejects.toThrow('session.history() is not described')
  })
})

test.each([
  [{}, ["perf.session.open must be a route like 'POST /sessions'"]],
  [
    { open: 'POST sessions' },
    [
      `perf.session.open must be a route like 'POST /sessions/{id}/chat', or { route, body }, got "POST sessions"`,
    ],
  ],
  [
    { open: 'POST /s', chatt: 'POST /c' },
    [
      'perf.session.chatt is not an option; known: "open", "chat", "stream", "history", "stop", "close", "id"; did you mean "chat"?',
    ],
  ],
  [
    { open: 'POST /s', stream: { route: 'POST /c', wire: 'openai' } },
    [
      'perf.session.stream.wire "openai" is not a wire; known: "openai.chat", "openai.responses", "anthropic", "ollama", "ai-sdk", "sse", "ndjson", "text"; did you mean "openai.chat"?',
    ],
  ],
])('%j is refused', (routes, messages) => {
  expect(sessionMistakes(routes, 'perf.session').map(({ message }) => message)).toEqual(messages)
  expect(() => sessionFromRoutes(routes as never)).toThrow(messages[0])
})
