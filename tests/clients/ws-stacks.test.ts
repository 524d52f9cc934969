import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import type { Socket } from '../../src/clients/socket.ts'
import { clientOf, serve, type Client } from './ws-server.ts'

const HERE = /ws-stacks\.test\.ts:\d+/

/** Whatever is done on a socket, its error leads to the line of the test that waits. */
test.each<[string, (socket: Socket, client: Client) => PromiseLike<unknown>]>([
  ['a request that is lost', (socket) => socket.request({ type: 'end' })],
  ['a request in vain', (socket) => socket.request({}, undefined, { timeout: 20 })],
  ['a receive in vain', (socket) => socket.receive(undefined, { timeout: 20 })],
  ['a push that never comes', (socket) => socket.measure('push', undefined, { timeout: 20 })],
  ['a recovery in vain', (socket, client) => vain(socket, client)],
  ['a ping of a lost socket', (socket) => (socket.send('end'), socket.ping())],
  ['a send on a closed socket', (socket) => sent(socket)],
  ['a stream that is lost', (socket) => socket.stream({ type: 'end' })],
  ['a stream without an end', (socket) => socket.stream({}, { timeout: 20 })],
  ['a refused upgrade', (_socket, { ws }) => ws.connect('http://127.0.0.1:1/')],
  ['a group of which one is refused', (_socket, { ws }) => ws.group(2, 'http://127.0.0.1:1/')],
  ['a reconnect that is aborted', (socket, { caller }) => reconnected(socket, caller)],
])('%s', async (_what, act) => {
  await using server = await ending()
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const stack = await stackOf(() => act(socket, client))
  expect(stack).toMatch(HERE)
  for (const { first } of client.recorded().errors) expect(first.stack).toMatch(HERE)
})

test('of a connection lost while nobody waits, to the line that opened it', async () => {
  await using server = await ending()
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  socket.send('end')
  await socket.closed
  const [lost] = client.recorded().errors
  expect(lost).toMatchObject({
    name: 'WS /ws close',
    first: { stack: expect.stringMatching(HERE) },
  })
})

/** Closes a socket that says so, and lets nobody in twice at `/once`. */
function ending(): ReturnType<typeof serve> {
  let came = 0
  return serve(
    (client) => {
      client.on('message', (data: Buffer) => {
        if (data.includes('end')) client.close(1011, 'internal error')
      })
    },
    { verifyClient: ({ req }: { req: IncomingMessage }) => req.url !== '/once' || came++ === 0 },
  )
}

async function stackOf(act: () => PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await act()
  } catch (error) {
    return error instanceof Error ? error.stack : undefined
  }
  throw new Error('it did not fail')
}

async function vain(socket: Socket, { ws }: Client): Promise<void> {
  const gone = await ws.connect(`${new URL(socket.url).origin}/once`, {
    reconnect: { delay: 1, attempts: 1 },
  })
  gone.send('end')
  await gone.closed
  await gone.ready()
}

async function sent(socket: Socket): Promise<void> {
  socket.drop()
  socket.send('late')
}

async function reconnected(socket: Socket, caller: Client['caller']): Promise<void> {
  const reconnecting = socket.reconnect()
  caller.inFlight.abortAll('the load has ended')
  await reconnecting
}
