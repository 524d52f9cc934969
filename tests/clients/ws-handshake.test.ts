import { expect, test } from 'vitest'
import { createServer } from 'node:http'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { clientOf, failureOf, serve } from './ws-server.ts'

test('the service chooses one of the subprotocols offered', async () => {
  await using server = await serve(() => {}, {
    handleProtocols: (offered) => [...offered][1] ?? '',
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws', { protocols: ['v1.json', 'v2.json'] })
  expect(socket.protocol).toBe('v2.json')
  expect((await client.ws.connect('/ws')).protocol).toBe('')
})

test('a service that chooses none, or one that was not offered, fails the connection', async () => {
  await using server = await serve(() => {}, { handleProtocols: () => false })
  await using client = clientOf(server.wsUrl)
  const none = client.ws.connect('/ws', { protocols: ['v1.json', 'v2.json'] })
  expect(await failureOf(none)).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws could not agree on a subprotocol: 'v1.json', 'v2.json' offered, the service chose none"`,
  )
  await using other = await choosing('v3.json')
  const wrong = client.ws.connect(`${other.wsUrl}/ws`, { protocols: 'v1.json' })
  expect(await failureOf(wrong)).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws could not agree on a subprotocol: 'v1.json' offered, the service chose 'v3.json'"`,
  )
  expect(await failureOf(client.ws.connect(`${other.wsUrl}/ws`))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws could not agree on a subprotocol: none offered, the service chose 'v3.json'"`,
  )
  expect(client.outcomes()).toEqual({ 'WS /ws': { malformed: 3 } })
})

test('a token in the query is sent, and stands in no name and in no error', async () => {
  const urls: string[] = []
  await using server = await serve((socket, url) => {
    urls.push(url)
    socket.on('message', () => socket.close(1008, 'bad access_token=s3cret'))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws?access_token=s3cret&room=1')
  expect(urls).toEqual(['/ws?access_token=s3cret&room=1'])
  expect(await failureOf(socket.request({}))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws?access_token=[redacted]&room=1 request found its socket closed: the service closed it with code 1008 (bad access_token=[redacted])"`,
  )
  expect(JSON.stringify(client.recorded())).not.toContain('s3cret')
})

test('messages are compressed only when asked for', async () => {
  const offers: unknown[] = []
  await using server = await serve(
    (socket, _url, headers) => {
      offers.push(headers['sec-websocket-extensions'])
      socket.on('message', (data: Buffer) => socket.send(data.toString()))
    },
    { perMessageDeflate: true },
  )
  await using client = clientOf(server.wsUrl)
  await client.ws.connect('/')
  const socket = await client.ws.connect('/', { compress: true })
  expect(offers).toEqual([undefined, expect.stringContaining('permessage-deflate')])
  const text = 'long '.repeat(1_000)
  expect(await socket.request(text)).toBe(text)
})

test('binary goes both ways, is matched by a function and recorded like any other', async () => {
  await using server = await serve((socket) => {
    socket.on('message', (data: Buffer, binary) => {
      socket.send('text between')
      socket.send(data.toReversed(), { binary })
    })
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const isBytes = (message: unknown): message is Uint8Array => message instanceof Uint8Array
  const answer = await socket.request<Uint8Array>(
    new Uint8Array([1, 2, 3]),
    (message) => isBytes(message) && message[0] === 3,
    { name: 'reverse' },
  )
  expect([...answer]).toEqual([3, 2, 1])
  expect(await socket.receive()).toBe('text between')
  const { outcomes, recorded } = client
  expect(outcomes()).toMatchObject({ reverse: { ok: 1 } })
  const { sent, received } = recorded().sockets
  expect([sent.count, sent.bytes, received.count, received.bytes]).toEqual([1, 3, 2, 15])
})

/** A service that answers every handshake with a subprotocol of its own choice. */
async function choosing(protocol: string): Promise<AsyncDisposable & { readonly wsUrl: string }> {
  const server = createServer()
  server.on('upgrade', ({ headers }, socket) => {
    const key = `${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.on('error', () => {})
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n` +
        `sec-websocket-accept: ${accept}\r\nsec-websocket-protocol: ${protocol}\r\n\r\n`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    wsUrl: `ws://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
