import { expect, expectTypeOf, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import type { Match } from '../../src/clients/socket-match.ts'
import type { Socket } from '../../src/clients/socket.ts'
import { clientOf, failureOf, parrot, serve } from './ws-server.ts'

/** A socket on which all of these messages have arrived and none was received. */
async function holding(socket: Socket, messages: readonly unknown[]): Promise<void> {
  await socket.request({ say: [...messages, { type: 'all said' }] }, { type: 'all said' })
}

test('a round trip is recorded under the type of its message', async () => {
  await using bamboo = await startBamboo({ firstToken: 1, tokenGap: 1 })
  await using client = clientOf(bamboo.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await socket.request({ type: 'ping' }, { type: 'pong' })).toEqual({ type: 'pong' })
  await socket.request({ type: 'connect', session_id: 's' }, { type: 'connected', session_id: 's' })
  await socket.request({ type: 'chat', message: 'hi' }, { type: 'done' }, { name: 'chat' })
  await socket.request('{"type":"ping"}', /pong/)
  expect(client.outcomes()).toEqual({
    'WS /ws': { ok: 1 },
    'WS /ws ping': { ok: 1 },
    'WS /ws connect': { ok: 1 },
    chat: { ok: 1 },
    'WS /ws request': { ok: 1 },
  })
})

test('messages that came before anyone waited are not lost, and keep their order', async () => {
  await using server = await serve((client) => {
    for (const n of [1, 2, 3]) client.send(JSON.stringify({ n }))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await socket.receive({ n: 2 })).toEqual({ n: 2 })
  expect(await socket.receive()).toEqual({ n: 1 })
  expect(await socket.receive()).toEqual({ n: 3 })
  expect(client.outcomes()).toEqual({ 'WS /': { ok: 1 } })
})

const MESSAGES = [{ a: { b: 1, c: [1, 2] } }, 'plain', '42', { error: 'not found' }, 'x {}']
test.each<[string, Match, unknown]>([
  ['a nested field', { a: { b: 1 } }, MESSAGES[0]],
  ['an array as a whole', { a: { c: [1, 2] } }, MESSAGES[0]],
  ['a RegExp for a value', { error: /not/ }, MESSAGES[3]],
  ['an asymmetric matcher', { error: expect.any(String) }, MESSAGES[3]],
  ['a text', 'plain', 'plain'],
  ['a number, which stays text', '42', '42'],
  ['a RegExp for a text', /^x/g, 'x {}'],
  ['a predicate', (message: unknown) => message === '42', '42'],
])('receives by %s', async (_what, match, wanted) => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  await holding(socket, MESSAGES)
  expect(await socket.receive(match)).toEqual(wanted)
  expect(socket.discard()).toBe(MESSAGES.length - 1)
})

test.each<[Match]>([[{ a: { c: [1] } }], [{ a: { b: 2 } }], [{ b: 1 }], ['plai']])(
  '%j matches none of them',
  async (match) => {
    await using server = await serve(parrot)
    await using client = clientOf(server.wsUrl)
    const socket = await client.ws.connect('/')
    await holding(socket, MESSAGES)
    await expect(socket.receive(match, { timeout: 10 })).rejects.toMatchObject({ kind: 'timeout' })
  },
)

test('only what arrives after a request answers it', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  await holding(socket, [{ type: 'done', of: 1 }])
  const answer = await socket.request({ say: [{ type: 'done', of: 2 }] }, { type: 'done' })
  expect(answer).toEqual({ type: 'done', of: 2 })
  expect(await socket.receive({ type: 'done' })).toEqual({ type: 'done', of: 1 })
})

test('an answer goes to who asked for it, in the order of asking', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const heard = socket.receive()
  const answers = [1, 2].map((n) =>
    socket.request({ say: [{ n }] }, (m: { n?: number }) => m.n !== undefined),
  )
  expect(await Promise.all(answers)).toEqual([{ n: 1 }, { n: 2 }])
  socket.send({ say: ['hello'] })
  expect(await heard).toBe('hello')
})

test('bytes come as bytes and go as bytes', async () => {
  await using server = await serve((client) => {
    client.on('message', (data: Buffer, binary) => client.send(data, { binary }))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const echoed = await socket.request<Uint8Array>(new Uint8Array([1, 2, 255]))
  expect([...echoed]).toEqual([1, 2, 255])
})

test('a message that never comes says what did, secrets taken out', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await failureOf(socket.receive({ type: 'x' }, { timeout: 10 }))).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/ws receive timed out: no message {"type":"x"} within 10 ms
    no message has arrived on this socket"
  `)
  await holding(socket, ['old', { access_token: 'abc' }, 'y'.repeat(200)])
  const wait = { type: 'ping', password: 'hunter2' }
  expect(await failureOf(socket.receive(wait, { timeout: 10 }))).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/ws receive timed out: no message {"type":"ping","password":"[redacted]"} within 10 ms
    4 arrived on this socket so far, the last:
      {"access_token":"[redacted]"}
      yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
      {"type":"all said"}"
  `)
  expect(await failureOf(socket.request({ type: 'ping' }, /pong/, { timeout: '10ms' })))
    .toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/ws ping timed out: no text that matches /pong/ within 10 ms
    4 arrived on this socket so far, the last:
      {"access_token":"[redacted]"}
      yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
      {"type":"all said"}"
  `)
  expect(client.outcomes()).toMatchObject({
    'WS /ws receive': { timeout: 2 },
    'WS /ws ping': { timeout: 1 },
  })
  expect(client.recorded().errors.map(({ name, count }) => [name, count])).toContainEqual([
    'WS /ws ping',
    1,
  ])
  expect(client.caller.tally.failed).toBe(3)
})

test('a predicate that throws ends the wait with its error', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const broken = (): boolean => {
    throw new TypeError('no such field')
  }
  const request = socket.request({ type: 'ping', say: ['pong'] }, broken)
  await expect(request).rejects.toMatchObject({ kind: 'error', reason: 'no such field' })
  expect(await socket.receive()).toBe('pong')
})

test('iteration gives what was kept and what comes, until the socket ends', async () => {
  await using server = await serve((client) => {
    for (const n of [1, 2]) client.send(JSON.stringify({ n }))
    client.on('message', () => {
      client.send('last')
      client.close(1000)
    })
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const seen: unknown[] = []
  for await (const message of socket) {
    seen.push(message)
    if (seen.length === 2) socket.send('go on')
  }
  expect(seen).toEqual([{ n: 1 }, { n: 2 }, 'last'])
  expect(client.outcomes()).toEqual({ 'WS /': { ok: 1 } })
})

test('unread messages have a limit, and a socket that passes it says so', async () => {
  await using server = await serve((client) => {
    const piece = Buffer.alloc(9 * 2 ** 20)
    for (let n = 0; n < 8; n++) client.send(piece)
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  expect(await socket.closed).toMatchObject({ by: 'inbox' })
  // Nobody waited, so that it ended is a failure by itself.
  expect(client.outcomes()).toMatchObject({ 'WS / close': { error: 1 } })
  expect(await failureOf(socket.receive('x'))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ receive gave its connection up: more than 100000 messages or 64 MiB arrived that nobody received: receive them, or call socket.discard()"`,
  )
})

test('mistakes are told before anything is sent', async () => {
  const heard: unknown[] = []
  await using server = await serve((client) => {
    client.on('message', (data) => heard.push(data))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const wrong: object = { timeuot: 5 }
  expect(await failureOf(socket.request({}, {}, wrong))).toMatchInlineSnapshot(
    `"request option "timeuot" is not known; known: "name", "tags", "timeout"; did you mean "timeout"?"`,
  )
  expect(await failureOf(socket.receive({}, { timeout: -1 }))).toMatchInlineSnapshot(
    `"timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got -1. It cannot be negative"`,
  )
  expect(await failureOf(socket.receive(JSON.parse('[1]') as Match))).toMatchInlineSnapshot(
    `"match must be fields like { type: 'done' }, a predicate, a text or a RegExp, got [ 1 ]"`,
  )
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(() => socket.send(circle)).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: message must be text, bytes or something that JSON can say, got <ref *1> { self: [Circular *1] }]`,
  )
  expect(heard).toEqual([])
})

test('the type of a message is the caller’s claim, or the predicate’s', () => {
  const check = (socket: Socket): void => {
    expectTypeOf(socket.receive()).resolves.toBeUnknown()
    expectTypeOf(socket.receive<{ a: 1 }>({ a: 1 })).resolves.toEqualTypeOf<{ a: 1 }>()
    expectTypeOf(socket.receive((m: { n: number }) => m.n === 1)).resolves.toEqualTypeOf<{
      n: number
    }>()
    // @ts-expect-error a number is no match
    void socket.receive(5)
    // @ts-expect-error JSON cannot say undefined
    void socket.request(undefined)
  }
  expect(check).toBeTypeOf('function')
})
