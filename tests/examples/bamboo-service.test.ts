import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { toSettings } from '../../examples/bamboo/service/options.ts'
import { startBamboo, type BambooService } from '../../examples/bamboo/service/start.ts'
import { planReply } from '../../examples/services/tokens.ts'

const QUICK = { firstToken: 2, tokenGap: 1, tokens: 4 }
const SLOW = { firstToken: 20, tokenGap: 5_000, tokens: 4 }
const MAIN = join(import.meta.dirname, '../../examples/bamboo/service/main.ts')
const S1 = '/api/v1/sessions/s1'

function post(
  { url }: { readonly url: string },
  path: string,
  body: object | string = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(url + path, { method: 'POST', body: text, headers })
}

/** A service with the session `s1` open. */
async function withSession(options: Parameters<typeof startBamboo>[0]): Promise<BambooService> {
  const service = await startBamboo(options)
  await post(service, '/api/v1/sessions', { session_id: 's1' })
  return service
}

async function historyOf({ url }: { readonly url: string }): Promise<unknown> {
  return (await fetch(`${url}${S1}/history`)).json()
}

/** The `data:` lines of a stream, parsed but for `[DONE]`. */
function frames(body: string): unknown[] {
  const lines = body.split('\n\n').filter((line) => line !== '')
  return lines.map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))))
}

/** What each frame of a stream says: a token, a finish reason, the usage or the end marker. */
function said(body: string): unknown[] {
  return frames(body).map((frame) => {
    if (typeof frame !== 'object' || frame === null) return frame
    const { choices, usage } = frame as OpenAI.ChatCompletionChunk
    return choices[0]?.finish_reason ?? choices[0]?.delta.content ?? usage
  })
}

/** A WebSocket client that keeps what arrives before it is asked for. */
async function talk(wsUrl: string, headers: Readonly<Record<string, string>> = {}) {
  const socket = new WebSocket(`${wsUrl}/ws`, { headers })
  const arrived: Record<string, unknown>[] = []
  let wake = (): void => {}
  socket.on('message', (data: Buffer) => {
    arrived.push(JSON.parse(data.toString()))
    wake()
  })
  await once(socket, 'open')
  const next = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const index = arrived.findIndex((message) => message.type === type)
      const [message] = index < 0 ? [] : arrived.splice(index, 1)
      if (message !== undefined) return message
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const send = (message: object | string): void =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  return { socket, arrived, send, next, [Symbol.dispose]: () => socket.terminate() }
}

describe('sessions', () => {
  test.each<[string, string, string | null, number, string]>([
    ['GET', '/health', null, 200, 'health'],
    ['POST', '/api/v1/sessions', '', 201, 'a new session, with no body'],
    ['POST', '/api/v1/sessions', '{"session_id":"mine"}', 201, 'a session of a chosen id'],
    ['POST', '/api/v1/sessions', '{"session_id":"s1"}', 200, 'a session that exists'],
    ['POST', '/api/v1/sessions', '{"session_id":7}', 400, 'an id that is no string'],
    ['POST', '/api/v1/sessions', '{"session_id"', 400, 'invalid JSON'],
    ['POST', '/api/v1/sessions', '[]', 400, 'JSON, but no object'],
    ['GET', S1, null, 200, 'a session'],
    ['GET', '/api/v1/sessions/none', null, 404, 'an unknown session'],
    ['GET', '/api/v1/sessions/none/stream', null, 404, 'the stream of an unknown session'],
    ['GET', '/api/v1/sessions/none/history', null, 404, 'the history of an unknown session'],
    ['POST', '/api/v1/sessions/none/chat', '{"message":"hi"}', 404, 'a chat in no session'],
    ['POST', '/api/v1/sessions/none/stop', null, 404, 'a stop in no session'],
    ['POST', `${S1}/chat`, '{}', 400, 'a chat without a message'],
    ['POST', `${S1}/stream`, '{"message":""}', 400, 'a stream with an empty message'],
    ['POST', '/v1/chat/completions', '{"messages":[]}', 400, 'a completion of nothing'],
    ['GET', `${S1}/chat`, null, 405, 'the wrong method'],
    ['GET', '/nowhere', null, 404, 'an unknown path'],
  ])('%s %s %s answers %i: %s', async (method, path, body, status) => {
    await using service = await withSession(QUICK)
    const answer = await fetch(service.url + path, method === 'GET' ? {} : { method, body })
    expect(answer.status).toBe(status)
    const json = await answer.json()
    if (status >= 400) expect(json).toMatchObject({ error: { message: expect.any(String) } })
  })

  test('a removed session is gone, and empty when opened again', async () => {
    await using service = await withSession(QUICK)
    await post(service, `${S1}/chat`, { message: 'hi' })
    expect((await fetch(service.url + S1, { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(service.url + S1)).status).toBe(404)
    await post(service, '/api/v1/sessions', { session_id: 's1' })
    expect(await historyOf(service)).toEqual([])
  })
})

describe('chat', () => {
  test('answers with the whole reply and keeps both messages', async () => {
    await using service = await withSession(QUICK)
    const answer = await (await post(service, `${S1}/chat`, { message: 'hi' })).json()
    expect(answer).toEqual({ reply: expect.stringMatching(/^\w+( \w+){3}$/), tokens: 4 })
    expect(await historyOf(service)).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: (answer as { reply: string }).reply },
    ])
  })

  test('the same seed, session and message number give the same reply on any wire', async () => {
    const replies = await Promise.all(
      [1, 1, 2].map(async (seed, index) => {
        await using service = await withSession({ ...QUICK, seed })
        const path = `${S1}/${index === 0 ? 'chat' : 'stream'}`
        await (await post(service, path, { message: `question ${index}` })).text()
        return ((await historyOf(service)) as { content: string }[])[1]?.content
      }),
    )
    expect(replies[0]).toBe(replies[1])
    expect(replies[0]).not.toBe(replies[2])
  })

  test('takes as long as its tokens do, and not a timer more each', async () => {
    await using service = await withSession({ firstToken: 50, tokenGap: 2, tokens: 51 })
    const started = performance.now()
    await post(service, `${S1}/chat`, { message: 'hi' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(149)
  })

  test('a stop ends it with what was said so far', async () => {
    await using service = await withSession(SLOW)
    const chat = post(service, `${S1}/chat`, { message: 'hi' })
    const stopped = await stopWhenRunning(service)
    expect(stopped).toEqual({ stopped: 1 })
    expect(await (await chat).json()).toMatchObject({ stopped: true })
    expect(await (await post(service, `${S1}/stop`)).json()).toEqual({ stopped: 0 })
  })

  test('a seeded share of chats is refused, and only chats', async () => {
    await using service = await withSession({ ...QUICK, tokens: 1, fail: 0.5 })
    const statuses: number[] = []
    for (let n = 0; n < 40; n += 1) {
      statuses.push((await post(service, `${S1}/chat`, { message: 'hi' })).status)
    }
    const refused = statuses.filter((status) => status === 503).length
    expect(refused).toBeGreaterThan(10)
    expect(refused).toBeLessThan(30)
    expect(await historyOf(service)).toHaveLength(2 * (40 - refused))
  })

  test('a hundred at once do not queue behind each other', async () => {
    await using service = await startBamboo({ firstToken: 300, tokenGap: 2, tokens: 12 })
    const started = performance.now()
    const chats = Array.from({ length: 100 }, async (_, index) => {
      await post(service, '/api/v1/sessions', { session_id: `user ${index}` })
      return (await post(service, `/api/v1/sessions/user%20${index}/chat`, { message: 'hi' }))
        .status
    })
    expect(new Set(await Promise.all(chats))).toEqual(new Set([200]))
    expect(performance.now() - started).toBeLessThan(20 * 322)
  })
})

/** Asks for the stop until the chat, sent on another connection, has begun. */
async function stopWhenRunning(service: BambooService): Promise<unknown> {
  for (;;) {
    const answer = await (await post(service, `${S1}/stop`)).json()
    if ((answer as { stopped: number }).stopped > 0) return answer
  }
}

describe('planned replies', () => {
  test('without jitter every token is due on the beat', () => {
    const settings = toSettings({ firstToken: 20, tokenGap: 2, tokens: 4 })
    expect(planReply(settings, 's1/1')).toMatchInlineSnapshot(`
      {
        "due": [
          20,
          22,
          24,
          26,
        ],
        "tokens": [
          "leaf",
          " water",
          " towards",
          " sings",
        ],
      }
    `)
  })

  test('jitter spreads the delays with a long tail, and leaves their mean', () => {
    const settings = toSettings({ firstToken: 100, tokens: 1, jitter: 0.5 })
    const delays = Array.from(
      { length: 10_000 },
      (_, n) => planReply(settings, `s1/${n}`).due[0] ?? 0,
    )
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
    expect(mean).toBeGreaterThan(98)
    expect(mean).toBeLessThan(102)
    expect(delays.filter((delay) => delay > 200).length / delays.length).toBeCloseTo(0.051, 2)
  })
})

describe('stream', () => {
  test('the role, a chunk per token, the finish reason, the usage, the end marker', async () => {
    await using service = await withSession(QUICK)
    const body = { message: 'tell me a story', stream_options: { include_usage: true } }
    const answer = await post(service, `${S1}/stream`, body)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const text = await answer.text()
    expect(frames(text)[0]).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }],
    })
    const [role, ...rest] = said(text)
    expect(role).toBe('')
    expect(rest.slice(4)).toEqual([
      'stop',
      { prompt_tokens: 4, completion_tokens: 4, total_tokens: 8 },
      '[DONE]',
    ])
    expect(await historyOf(service)).toMatchObject([{}, { content: rest.slice(0, 4).join('') }])
  })

  test('GET streams too, with the message in the query', async () => {
    await using service = await withSession(QUICK)
    const answer = await fetch(`${service.url}${S1}/stream?message=hi`)
    expect(said(await answer.text())).toHaveLength(7)
  })

  test('a stop ends it tidily, and is answered while the stream is open', async () => {
    await using service = await withSession(SLOW)
    const stream = await post(service, `${S1}/stream`, { message: 'hi' })
    expect(await stopWhenRunning(service)).toEqual({ stopped: 1 })
    expect(said(await stream.text()).slice(-2)).toEqual(['stop', '[DONE]'])
    expect(await historyOf(service)).toHaveLength(2)
  })

  test('a client that leaves ends it', async () => {
    await using service = await withSession(SLOW)
    const leaving = new AbortController()
    const body = JSON.stringify({ message: 'hi' })
    await fetch(`${service.url}${S1}/stream`, { method: 'POST', body, signal: leaving.signal })
    leaving.abort()
    await expect.poll(() => historyOf(service)).toHaveLength(2)
  })
})

describe('faults on demand', () => {
  test('x-bamboo-cut: 2,clean ends the body after two tokens with no end marker', async () => {
    await using service = await withSession(QUICK)
    const headers = { 'x-bamboo-cut': '2,clean' }
    const answer = await post(service, `${S1}/stream`, { message: 'hi' }, headers)
    expect(said(await answer.text())).toEqual(['', expect.any(String), expect.any(String)])
  })

  test('x-bamboo-cut: 2 kills the connection after two tokens', async () => {
    await using service = await withSession(QUICK)
    const headers = { 'x-bamboo-cut': '2' }
    const answer = await post(service, `${S1}/stream`, { message: 'hi' }, headers)
    let text = ''
    const reading = (async () => {
      for await (const part of answer.body ?? []) text += new TextDecoder().decode(part)
    })()
    await expect(reading).rejects.toThrow('terminated')
    expect(said(text)).toHaveLength(3)
  })

  test('x-bamboo-delay and x-bamboo-fail work on every route', async () => {
    await using service = await startBamboo()
    const headers = { 'x-bamboo-delay': '120', 'x-bamboo-fail': '503' }
    const started = performance.now()
    const answer = await fetch(`${service.url}/health`, { headers })
    expect(answer.status).toBe(503)
    expect(performance.now() - started).toBeGreaterThanOrEqual(119)
  })

  test.each([
    ['x-bamboo-delay', 'soon', 'x-bamboo-delay must be a whole number, got "soon"'],
    ['x-bamboo-fail', '200', 'x-bamboo-fail must be a status from 400 to 599, got 200'],
  ])('%s: %s is refused', async (name, value, message) => {
    await using service = await startBamboo()
    const answer = await fetch(`${service.url}/health`, { headers: { [name]: value } })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { message } })
  })

  test('leak keeps that many bytes per request', async () => {
    await using service = await startBamboo({ leak: 1_000_000 })
    const before = process.memoryUsage().arrayBuffers
    for (let n = 0; n < 30; n += 1) await (await fetch(`${service.url}/health`)).text()
    expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(29_000_000)
  })

  test('options out of range are refused by name', async () => {
    const message = 'jitter (BAMBOO_JITTER) must be a number from 0 to 1, got 2'
    await expect(startBamboo({ jitter: 2 })).rejects.toThrow(message)
  })
})

describe('the real OpenAI client', () => {
  const messages = [{ role: 'user' as const, content: 'tell me a story' }]
  const clientOf = ({ url }: BambooService): OpenAI =>
    new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 })

  test('completes, streams the same text, and lists the model', async () => {
    await using service = await startBamboo({ ...QUICK, jitter: 0.5 })
    const openai = clientOf(service)
    const whole = await openai.chat.completions.create({ model: 'm', messages })
    const options = { model: 'm', messages, stream: true, stream_options: { include_usage: true } }
    let text = ''
    let tokens: number | undefined
    for await (const chunk of await openai.chat.completions.create({ ...options, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? ''
      tokens = chunk.usage?.completion_tokens
    }
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(tokens).toBe(4)
    expect((await openai.models.list()).data).toMatchObject([{ id: 'bamboo' }])
  })

  test('an overloaded service is its InternalServerError', async () => {
    await using service = await startBamboo({ fail: 1 })
    const asking = clientOf(service).chat.completions.create({ model: 'm', messages })
    await expect(asking).rejects.toThrow('503 overloaded')
  })
})

describe('WebSocket', () => {
  test('chats, and shares the history with HTTP', async () => {
    await using service = await startBamboo(QUICK)
    using ada = await talk(service.wsUrl)
    ada.send({ type: 'connect', session_id: 's1' })
    expect(await ada.next('connected')).toEqual({ type: 'connected', session_id: 's1' })
    ada.send({ type: 'chat', message: 'hi' })
    const { content, ...done } = await ada.next('done')
    expect(done).toEqual({ type: 'done', session_id: 's1', tokens: 4 })
    expect(ada.arrived.map((chunk) => chunk.content).join('')).toBe(content)
    expect(await historyOf(service)).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content },
    ])
  })

  test.each([
    ['{"type":"chat","message":"hi"}', /^not connected/, 'a chat before connect'],
    ['{"type":"stop"}', /^not connected/, 'a stop before connect'],
    ['{"type":', /^invalid JSON$/, 'invalid JSON'],
    ['{"type":"dance"}', /^unknown type "dance"$/, 'an unknown type'],
    ['{"type":"connect","session_id":1}', /^session_id must be/, 'an id that is no string'],
  ])('%s is an error, and the socket stays', async (text, error) => {
    await using service = await startBamboo()
    using ada = await talk(service.wsUrl)
    ada.send(text)
    expect(await ada.next('error')).toMatchObject({ error: expect.stringMatching(error) })
    ada.send({ type: 'ping' })
    expect(await ada.next('pong')).toEqual({ type: 'pong' })
  })

  test('everyone in a session hears the reply, nobody else does', async () => {
    await using service = await startBamboo(QUICK)
    using ada = await talk(service.wsUrl)
    using bob = await talk(service.wsUrl)
    using eve = await talk(service.wsUrl)
    for (const [client, session] of [
      [ada, 'a'],
      [bob, 'a'],
      [eve, 'e'],
    ] as const) {
      client.send({ type: 'connect', session_id: session })
      await client.next('connected')
    }
    ada.send({ type: 'chat', message: 'hi' })
    const dones = await Promise.all([ada.next('done'), bob.next('done')])
    expect(dones[0]).toEqual(dones[1])
    expect(bob.arrived).toHaveLength(4)
    expect(eve.arrived).toEqual([])
  })

  test('a reply goes on when its asker drops, and a stop ends it', async () => {
    await using service = await startBamboo(SLOW)
    const ada = await talk(service.wsUrl)
    ada.send({ type: 'connect', session_id: 's1' })
    ada.send({ type: 'chat', message: 'hi' })
    await ada.next('chunk')
    ada.socket.terminate()
    using bob = await talk(service.wsUrl)
    bob.send({ type: 'connect', session_id: 's1' })
    bob.send({ type: 'stop' })
    expect(await bob.next('stopped')).toEqual({ type: 'stopped', stopped: 1 })
    expect(await bob.next('done')).toMatchObject({ stopped: true, tokens: 1 })
    expect(await historyOf(service)).toHaveLength(2)
  })

  test.each([
    ['2', 1006],
    ['2,clean', 1001],
  ])('x-bamboo-cut: %s on the upgrade closes with %i after two chunks', async (cut, code) => {
    await using service = await startBamboo(QUICK)
    using ada = await talk(service.wsUrl, { 'x-bamboo-cut': cut })
    ada.send({ type: 'connect' })
    await ada.next('connected')
    ada.send({ type: 'chat', message: 'hi' })
    expect(await once(ada.socket, 'close')).toMatchObject([code, {}])
    expect(ada.arrived.map(({ type }) => type)).toEqual(['chunk', 'chunk'])
  })

  test.each([
    ['/elsewhere', {}, 404],
    ['/ws', { 'x-bamboo-fail': '429' }, 429],
  ])('an upgrade at %s with %o is refused with %i', async (path, headers, status) => {
    await using service = await startBamboo()
    const socket = new WebSocket(service.wsUrl + path, { headers })
    await expect(once(socket, 'open')).rejects.toThrow(`Unexpected server response: ${status}`)
  })
})

describe('life cycle', () => {
  test('close ends open streams, chats and sockets, and may be called again', async () => {
    const service = await withSession(SLOW)
    using ada = await talk(service.wsUrl)
    const stream = await post(service, `${S1}/stream`, { message: 'hi' })
    const chat = post(service, `${S1}/chat`, { message: 'hi' })
    const ended = Promise.allSettled([stream.text(), chat, once(ada.socket, 'close')])
    await Promise.all([service.close(), service.close()])
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    await expect(fetch(`${service.url}/health`)).rejects.toThrow('fetch failed')
  })

  test('a taken port is an error', async () => {
    await using first = await startBamboo()
    await expect(startBamboo({ port: first.port })).rejects.toThrow('EADDRINUSE')
  })

  test('as a process: ready line, second port, sessions in the file, SIGTERM', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bamboo-'))
    const environment = { BAMBOO_DB: join(folder, 'chat.db'), PORT: '0', WS_PORT: '0' }
    const first = await run(environment)
    await post(first, '/api/v1/sessions', { session_id: 's1' })
    await post(first, `${S1}/chat`, { message: 'hi' })
    expect(first.wsUrl).not.toContain(new URL(first.url).host)
    using ada = await talk(first.wsUrl)
    expect(await first.stop('SIGTERM')).toEqual([0, null])
    await expect.poll(() => ada.socket.readyState).toBe(WebSocket.CLOSED)

    const second = await run(environment)
    expect(await historyOf(second)).toHaveLength(2)
    expect(await second.stop('SIGINT')).toEqual([0, null])
    await rm(folder, { recursive: true })
  })
})

async function run(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...environment } })
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.startsWith('listening on ')) break
  }
  const stop = (signal: NodeJS.Signals): Promise<unknown[]> => {
    const exit = once(child, 'exit')
    child.kill(signal)
    return exit
  }
  const wsUrl = lines[0]?.replace('websocket on ', '').replace(/\/ws$/, '') ?? ''
  return { url: lines[1]?.replace('listening on ', '') ?? '', wsUrl, stop }
}
