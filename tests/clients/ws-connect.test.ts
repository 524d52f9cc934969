import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import { route } from '../../src/clients/route.ts'
import { clientOf, failureOf, parrot, serve } from './ws-server.ts'

test('connecting is recorded under WS and the path, ids taken out', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  await client.ws.connect('/rooms/4711?token=x')
  await client.ws.connect(route`/rooms/${'lobby'}`)
  await client.ws.connect('/rooms/4711', { name: 'room' })
  expect(client.outcomes()).toEqual({ 'WS /rooms/{}': { ok: 2 }, room: { ok: 1 } })
})

test.each([
  ['ws://HOST', '/ws', '/ws'],
  ['http://HOST', '/ws', '/ws'],
  ['http://HOST/api/', '/ws?a=1', '/api/ws?a=1'],
  [undefined, 'http://HOST/ws#top', '/ws'],
])('with wsUrl %s the path %s reaches %s', async (wsUrl, path, reached) => {
  const urls: string[] = []
  await using server = await serve((_client, url) => urls.push(url))
  const host = server.wsUrl.slice('ws://'.length)
  await using client = clientOf(wsUrl?.replace('HOST', host))
  await client.ws.connect(path.replace('HOST', host))
  expect(urls).toEqual([reached])
})

test('headers, an access token, subprotocols and cookies of HTTP calls go along', async () => {
  const seen: unknown[] = []
  await using server = await serve((socket, _url, headers) => {
    seen.push([headers.authorization, headers['x-a'], headers.cookie, socket.protocol])
  })
  await using client = clientOf(server.wsUrl)
  client.caller.cookies.store({ 'set-cookie': 'sid=7' }, server.wsUrl.replace('ws', 'http'))
  await client.ws
    .extend({ bearer: 't' })
    .connect('/', { headers: { 'X-A': '1' }, protocols: 'chat' })
  expect(seen).toEqual([['Bearer t', '1', 'sid=7', 'chat']])
})

test('a refused upgrade shows its status and body', async () => {
  await using bamboo = await startBamboo()
  await using client = clientOf(bamboo.wsUrl)
  const failure = await failureOf(client.ws.connect('/nowhere'))
  expect(failure).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/nowhere answered 404 Not Found, expected 101
    {"error":{"message":"no WebSocket at /nowhere","type":"invalid_request_error"}}"
  `)
  expect(client.outcomes()).toEqual({ 'WS /nowhere': { status: 1 } })
  const failed = client.ws.connect('/ws', { headers: { 'x-bamboo-fail': '503' } })
  await expect(failed).rejects.toMatchObject({
    name: 'OperationError',
    kind: 'status',
    status: 503,
  })
  expect(client.caller.tally.failed).toBe(2)
  expect(client.recorded().errors.map(({ kind, name }) => `${name} ${kind}`)).toEqual([
    'WS /nowhere status',
    'WS /ws status',
  ])
})

test('nobody who listens is refused', async () => {
  const server = await serve(() => {})
  await server[Symbol.asyncDispose]()
  await using client = clientOf(server.wsUrl)
  expect(await failureOf(client.ws.connect('/ws'))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws was refused: nothing listens there (ECONNREFUSED)"`,
  )
  expect(client.outcomes()).toEqual({ 'WS /ws': { refused: 1 } })
})

test('a service that never answers the handshake is a timeout', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await using client = clientOf(`ws://127.0.0.1:${port}`)
  expect(await failureOf(client.ws.connect('/ws', { timeout: 50 }))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws timed out: no connection within 50 ms"`,
  )
  expect(client.outcomes()).toEqual({ 'WS /ws': { timeout: 1 } })
  server.close()
})

test('an answer that is no handshake is malformed', async () => {
  const server = createServer((socket) => {
    const answer =
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'
    socket.on('error', () => {}).on('data', () => socket.write(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await using client = clientOf(`ws://127.0.0.1:${port}`)
  expect(await failureOf(client.ws.connect('/ws'))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws got an answer that cannot be read: Invalid Sec-WebSocket-Accept header"`,
  )
  server.close()
})

test('the end of everything aborts a handshake; it is no failure', async () => {
  await using bamboo = await startBamboo()
  await using client = clientOf(bamboo.wsUrl)
  const connecting = client.ws.connect('/ws', { headers: { 'x-bamboo-delay': '5000' } })
  client.caller.inFlight.abortAll('the load has ended')
  await expect(connecting).rejects.toMatchObject({ kind: 'cutOff' })
  expect(client.outcomes()).toEqual({ 'WS /ws': { cutOff: 1 } })
  expect(client.recorded().errors).toEqual([])
})

test('inside an operation it is a part of that', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.within('chat').connect('/ws')
  await socket.request({ type: 'ping', say: [{ type: 'pong' }] }, { type: 'pong' })
  expect(Object.keys(client.outcomes())).toEqual(['chat › WS /ws', 'chat › WS /ws ping'])
})

test('mistakes are told before anything is sent', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const lost = clientOf(undefined)
  expect(await failureOf(lost.ws.connect('/ws'))).toMatchInlineSnapshot(
    `"ws does not know which service to connect to: set perf({ wsUrl: 'ws://127.0.0.1:{}' }) in the Vitest config, or PERF_WS_URL; without them baseUrl is taken"`,
  )
  expect(await failureOf(client.ws.connect('ws'))).toMatchInlineSnapshot(
    `"path must be a path that starts with '/' or a whole URL, got "ws""`,
  )
  expect(await failureOf(clientOf('localhost:80').ws.connect('/ws'))).toMatchInlineSnapshot(
    `"wsUrl must be a URL like 'ws://127.0.0.1:{}', got "localhost:80""`,
  )
  expect(await failureOf(client.ws.connect('/ws', { protocols: 'a b' }))).toMatchInlineSnapshot(
    `"ws.connect: An invalid or duplicated subprotocol was specified"`,
  )
  const typo: object = { timeuot: '5s' }
  expect(await failureOf(client.ws.connect('/ws', typo))).toMatchInlineSnapshot(
    `"ws.connect option "timeuot" is not known; known: "headers", "protocols", "compress", "expectClose", "reconnect", "name", "tags", "timeout"; did you mean "timeout"?"`,
  )
  await client.ws.close()
  expect(await failureOf(client.ws.connect('/ws'))).toMatchInlineSnapshot(
    `"this client is closed: its test or virtual user has ended"`,
  )
  expect(client.outcomes()).toEqual({})
})
