import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket as TcpSocket } from 'node:net'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import { clientOf, failureOf, parrot, serve } from './ws-server.ts'

test('a dropped socket is unusable until it reconnects, and then starts with an empty inbox', async () => {
  await using bamboo = await startBamboo()
  await using client = clientOf(bamboo.wsUrl)
  const socket = await client.ws.connect('/ws')
  socket.send({ type: 'ping' })
  await socket.request({ type: 'nonsense' }, { type: 'error' })
  socket.drop()
  expect([socket.connected, socket.readyState]).toEqual([false, 3])
  expect(await socket.closed).toMatchObject({ code: 1006 })
  expect(await failureOf(socket.request({ type: 'ping' }, { type: 'pong' }))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws ping found its socket closed: the test closed it (dropped)"`,
  )
  expect(() => socket.send('x')).toThrow(expect.objectContaining({ kind: 'closed' }))
  await socket.reconnect()
  expect(socket.connected).toBe(true)
  expect(await socket.request({ type: 'ping' }, { type: 'pong' })).toEqual({ type: 'pong' })
  expect(socket.discard()).toBe(0)
  expect(client.outcomes()).toMatchObject({
    'WS /ws': { ok: 2 },
    'WS /ws ping': { ok: 1, closed: 1 },
    'WS /ws send': { closed: 1 },
  })
})

test('what arrived before a drop can still be received', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  await socket.request({ say: ['early', 'answer'] }, 'answer')
  socket.drop()
  expect(await socket.receive()).toBe('early')
  await expect(socket.receive()).rejects.toMatchObject({ kind: 'closed' })
})

test('a service that closes fails whoever waits, with code and reason', async () => {
  await using server = await serve((client) => {
    client.on('message', () => client.close(4001, 'go away'))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const heard = failureOf(socket.receive())
  expect(await failureOf(socket.request({ type: 'ping' }))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws ping found its socket closed: the service closed it with code 4001 (go away)"`,
  )
  expect(await heard).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws receive found its socket closed: the service closed it with code 4001 (go away)"`,
  )
  expect(await socket.closed).toMatchObject({ code: 4001, reason: 'go away', by: 'service' })
  expect(client.outcomes()).toMatchObject({
    'WS /ws receive': { closed: 1 },
    'WS /ws ping': { closed: 1 },
  })
})

test('a lost connection is told apart from a close', async () => {
  await using server = await serve((client) => {
    client.on('message', () => client.terminate())
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await failureOf(socket.request({ type: 'ping' }))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws ping found its socket closed: the connection was lost without a close frame (code 1006)"`,
  )
})

test('bytes that are no frame break the socket without an unhandled error', async () => {
  await using server = await raw((socket) => socket.write(Buffer.from([0xff, 0xff, 0, 0])))
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await failureOf(socket.receive())).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws receive found its socket closed: the connection broke (Invalid WebSocket frame: RSV2 and RSV3 must be clear)"`,
  )
})

test('our own drop and close abort what waits: the service did not fail', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const dropped = await client.ws.connect('/ws')
  const first = dropped.request({ type: 'ping' })
  dropped.drop()
  await expect(first).rejects.toMatchObject({ kind: 'aborted' })
  const closed = await client.ws.connect('/ws')
  const second = closed.request({ type: 'ping' })
  await closed.close(4000, 'bye')
  await expect(second).rejects.toMatchObject({ kind: 'aborted' })
  expect(await closed.closed).toMatchObject({ code: 4000, by: 'us' })
  expect(client.outcomes()).toMatchObject({ 'WS /ws ping': { aborted: 2 } })
  expect(client.recorded().errors).toEqual([])
})

test('an abort from above ends requests, streams, receives and loops', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const loop = async (): Promise<void> => {
    for await (const message of socket) expect(message).toBe('nothing')
  }
  const waiting = [socket.request({ type: 'ping' }), socket.stream({}), socket.receive(), loop()]
  client.caller.inFlight.abortAll('the load has ended')
  for (const each of await Promise.allSettled(waiting)) {
    expect(each).toMatchObject({ status: 'rejected', reason: { kind: 'cutOff' } })
  }
  expect(client.caller.inFlight.size).toBe(0)
  expect(client.outcomes()).toEqual({
    'WS /ws': { ok: 1 },
    'WS /ws ping': { cutOff: 1 },
    'WS /ws stream': { cutOff: 1 },
  })
})

test('closing the client closes every socket, one that reconnected and one that connects too', async () => {
  await using bamboo = await startBamboo()
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const [first, second] = await Promise.all([client.ws.connect('/'), client.ws.connect('/')])
  await second.reconnect()
  const late = failureOf(
    client.ws.connect(`${bamboo.wsUrl}/ws`, { headers: { 'x-bamboo-delay': '5000' } }),
  )
  await client.ws.close()
  expect([first.connected, second.connected]).toEqual([false, false])
  expect(await late).toContain('was cut off')
  expect(await failureOf(second.reconnect())).toContain('this client is closed')
  await expect.poll(() => server.server.clients.size).toBe(0)
})

test('a service that never answers the closing handshake is cut off after a second', async () => {
  await using server = await raw(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  await socket.close()
  expect(await socket.closed).toMatchObject({ code: 1006, by: 'us' })
  await socket.close()
})

test('a socket is disposed at the end of its block; a close code is checked', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const outside = await client.ws.connect('/')
  {
    await using inside = await client.ws.connect('/')
    expect(inside.connected).toBe(true)
  }
  await expect.poll(() => server.server.clients.size).toBe(1)
  expect(await failureOf(outside.close(1006))).toMatchInlineSnapshot(
    `"the close code must be 1000 or from 3000 to 4999 with a reason of at most 123 bytes, got 1006"`,
  )
  expect(outside.connected).toBe(true)
})

test('nothing keeps a process alive after the client is closed', async () => {
  await using server = await serve(parrot)
  const support = new URL('ws-server.ts', import.meta.url).href
  const code = `
    const { clientOf } = await import('${support}')
    const client = clientOf('${server.wsUrl}', 500)
    const socket = await client.ws.connect('/')
    await socket.request({ say: ['a'] })
    await client.ws.close()
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
  expect(await once(child, 'exit')).toEqual([0, null])
})

/** A service that shakes hands and then does what it likes with the bare connection. */
async function raw(
  then: (socket: TcpSocket) => void,
): Promise<AsyncDisposable & { wsUrl: string }> {
  const sockets = new Set<TcpSocket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (request) => {
      const key = /sec-websocket-key: (\S+)/i.exec(request.toString())?.[1] ?? ''
      const hash = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      const head = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade'
      socket.write(`${head}\r\nsec-websocket-accept: ${hash.digest('base64')}\r\n\r\n`)
      then(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { wsUrl: `ws://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}
