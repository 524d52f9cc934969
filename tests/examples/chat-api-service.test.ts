import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { startChatApi, type ChatApiService } from '../../examples/chat-api/service/start.ts'

const QUICK = { firstToken: 2, tokenGap: 1, tokens: 4, jitter: 0 }
const SLOW = { ...QUICK, firstToken: 20, tokenGap: 5_000 }
const MAIN = join(import.meta.dirname, '../../examples/chat-api/service/main.ts')
const API = '/api/v1'

/** A client that has logged in, with a session of its own. */
async function guestOf({ url }: { readonly url: string }, username = 'admin') {
  const form = new URLSearchParams({ username, password: `${username}123` })
  const login = await fetch(`${url}${API}/auth/login`, { method: 'POST', body: form })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${token}` }
  const post = (path: string, body: object | string = {}): Promise<Response> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return fetch(url + API + path, { method: 'POST', body: text, headers })
  }
  const get = (path: string): Promise<Response> => fetch(url + API + path, { headers })
  const opened = (await (await post('/sessions')).json()) as { session_id: string }
  const session = `/sessions/${opened.session_id}`
  const history = async (): Promise<unknown> => (await get(`${session}/history`)).json()
  return { token, post, get, session, history }
}

/** The events of a stream. */
const eventsOf = (body: string): unknown[] =>
  body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.replace(/^data: /, '')))

const isRefused = { error: { message: expect.any(String) } }

describe('log-in', () => {
  test.each([
    ['admin', 'admin123', 200],
    ['guest', 'guest123', 200],
    ['admin', 'admin124', 401],
    ['admin', '', 401],
    ['nobody', 'admin123', 401],
  ])('%s with %j answers %i', async (username, password, status) => {
    await using service = await startChatApi(QUICK)
    const body = new URLSearchParams({ username, password })
    const answer = await fetch(`${service.url}${API}/auth/login`, { method: 'POST', body })
    expect(answer.status).toBe(status)
    const token = { access_token: expect.any(String), token_type: 'bearer' }
    expect(await answer.json()).toMatchObject(status === 200 ? token : isRefused)
  })

  test.each<[string, string]>([
    ['POST', '/sessions'],
    ['GET', '/sessions/1/history'],
    ['POST', '/sessions/1/chat'],
    ['POST', '/sessions/1/stream'],
    ['POST', '/sessions/1/stop'],
  ])('%s %s without an access token answers 401', async (method, path) => {
    await using service = await startChatApi(QUICK)
    for (const headers of [{}, { authorization: 'Bearer made-up' }]) {
      const answer = await fetch(service.url + API + path, { method, headers })
      expect(answer.status).toBe(401)
    }
  })

  test("another user's session is unknown", async () => {
    await using service = await startChatApi(QUICK)
    const [admin, guest] = await Promise.all([guestOf(service), guestOf(service, 'guest')])
    expect((await guest.post(`${admin.session}/stop`)).status).toBe(404)
    expect((await admin.post(`${admin.session}/stop`)).status).toBe(200)
  })
})

test.each([
  ['chat', '{"message":""}', 422, 'an empty message'],
  ['chat', '{"message":7}', 422, 'a message that is no text'],
  ['stream', '{}', 422, 'no message'],
  ['stream', '{"message":"hi","max_tokens":0}', 422, 'an answer of no token'],
  ['stream', '{"message":"hi","max_tokens":5000}', 422, 'an answer that is too long'],
  ['chat', '{"message"', 400, 'broken JSON'],
])('%s %s answers %i: %s', async (operation, body, status) => {
  await using service = await startChatApi(QUICK)
  const { post, session } = await guestOf(service)
  const answer = await post(`${session}/${operation}`, body)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject(isRefused)
})

test('it is healthy, and says what it does not know', async () => {
  await using service = await startChatApi(QUICK)
  const health = await fetch(`${service.url}/health`)
  expect(await health.json()).toEqual({ status: 'healthy' })
  expect((await fetch(`${service.url}/nowhere`)).status).toBe(404)
  expect((await fetch(`${service.url}${API}/auth/login`)).status).toBe(405)
})

describe('chat', () => {
  test('answers with the whole reply, and the session keeps both messages', async () => {
    await using service = await startChatApi(QUICK)
    const { post, session, history } = await guestOf(service)
    const answer = await (await post(`${session}/chat`, { message: 'hi' })).json()
    expect(answer).toEqual({ reply: expect.any(String), tokens: 4, stopped: false })
    const { reply } = answer as { reply: string }
    expect(reply.split(' ')).toHaveLength(4)
    expect(await history()).toEqual({
      messages: [
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: reply },
      ],
    })
  })

  test('a stop ends it with what was said so far', async () => {
    await using service = await startChatApi(SLOW)
    const { post, session } = await guestOf(service)
    const chat = post(`${session}/chat`, { message: 'hi' })
    await expect.poll(() => stop(post, session)).toBe(1)
    expect(await (await chat).json()).toMatchObject({ stopped: true })
    expect(await stop(post, session)).toBe(0)
  })
})

type Post = Awaited<ReturnType<typeof guestOf>>['post']

async function stop(post: Post, session: string): Promise<unknown> {
  return ((await (await post(`${session}/stop`)).json()) as { stopped: number }).stopped
}

describe('stream', () => {
  test('an event for each token, and one at the end', async () => {
    await using service = await startChatApi(QUICK)
    const { post, session, history } = await guestOf(service)
    const answer = await post(`${session}/stream`, { message: 'hi', max_tokens: 3 })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = eventsOf(await answer.text())
    const token = { type: 'token', content: expect.any(String) }
    expect(events).toEqual([token, token, token, { type: 'done', tokens: 3, stopped: false }])
    const text = events.map((event) => (event as { content?: string }).content ?? '').join('')
    expect(await history()).toMatchObject({ messages: [{}, { content: text }] })
  })

  test('a stop ends one that is running, and it says so', async () => {
    await using service = await startChatApi(SLOW)
    const { post, session } = await guestOf(service)
    const answer = await post(`${session}/stream`, { message: 'hi' })
    await expect.poll(() => stop(post, session)).toBe(1)
    expect(eventsOf(await answer.text()).at(-1)).toMatchObject({ type: 'done', stopped: true })
  })

  test('a client that leaves ends it, and the session keeps what was said', async () => {
    await using service = await startChatApi(SLOW)
    const { token, session, history } = await guestOf(service)
    const leaving = new AbortController()
    await fetch(`${service.url}${API}${session}/stream`, {
      method: 'POST',
      body: '{"message":"hi"}',
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    })
    leaving.abort()
    await expect.poll(history).toMatchObject({ messages: [{}, { role: 'assistant' }] })
  })
})

describe('trouble by the environment', () => {
  test('a seeded share of chats and streams is refused, and nothing else', async () => {
    await using service = await startChatApi({ ...QUICK, tokens: 1, fail: 0.5 })
    const { post, session } = await guestOf(service)
    const statuses: number[] = []
    for (let n = 0; n < 40; n += 1) {
      const operation = n % 2 === 0 ? 'chat' : 'stream'
      const answer = await post(`${session}/${operation}`, { message: 'hi' })
      await answer.text()
      statuses.push(answer.status)
    }
    const refused = statuses.filter((status) => status === 503).length
    expect(refused).toBeGreaterThan(10)
    expect(refused).toBeLessThan(30)
    expect(await stop(post, session)).toBe(0)
  })

  test('options out of range are refused by name', async () => {
    const message = 'fail (CHAT_FAIL) must be a number from 0 to 1, got 2'
    await expect(startChatApi({ fail: 2 })).rejects.toThrow(message)
  })
})

describe('as a process', () => {
  test('sessions and log-ins are kept in the file, SIGTERM ends it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chat-api-'))
    const environment = { CHAT_DB: join(folder, 'chat.db'), ...INSTANT }
    const first = await run(environment)
    const { token, post, session } = await guestOf(first)
    await post(`${session}/chat`, { message: 'hi' })
    expect(await first.stop()).toEqual([0, null])

    const second = await run(environment)
    const headers = { authorization: `Bearer ${token}` }
    const kept = await fetch(`${second.url}${API}${session}/history`, { headers })
    expect(await kept.json()).toMatchObject({ messages: [{}, { role: 'assistant' }] })
    expect(await second.stop()).toEqual([0, null])
    await rm(folder, { recursive: true })
  })

  test('CHAT_EXIT_AFTER: it dies under the chat after so many', async () => {
    const service = await run({ CHAT_EXIT_AFTER: '2', ...INSTANT })
    const { post, session } = await guestOf(service)
    const chat = (): Promise<Response> => post(`${session}/chat`, { message: 'hi' })
    expect([(await chat()).status, (await chat()).status]).toEqual([200, 200])
    await expect(chat()).rejects.toThrow('fetch failed')
    expect(await service.exited).toEqual([70, null])
  })
})

const INSTANT = { PORT: '0', CHAT_FIRST_TOKEN: '2', CHAT_TOKEN_GAP: '1' }

async function run(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...environment } })
  const exited = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const [line] = (await once(lines, 'line')) as [string]
  const stop = (): Promise<unknown[]> => {
    child.kill('SIGTERM')
    return exited
  }
  const service: Pick<ChatApiService, 'url'> = { url: line.replace('listening on ', '') }
  return { ...service, exited, stop }
}
