import { expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import type { Socket } from '../../src/clients/socket.ts'
import { clientOf, serve } from './ws-server.ts'

interface Chunk {
  readonly type: 'chunk' | 'done'
  readonly content: string
}

/** All chunks of an answer, as one client hears them. */
async function hear(socket: Socket): Promise<readonly string[]> {
  const chunks: string[] = []
  for (;;) {
    const message = await socket.receive<Chunk>(({ type }) => type === 'chunk' || type === 'done')
    if (message.type === 'done') return chunks
    chunks.push(message.content)
  }
}

test('several clients of one session hear the same answer, in the same order', async () => {
  await using bamboo = await startBamboo({ firstToken: 2, tokenGap: 1, tokens: 20 })
  await using client = clientOf(bamboo.wsUrl)
  const { sockets } = await client.ws.group(3, '/ws')
  for (const socket of sockets) {
    await socket.request({ type: 'connect', session_id: 'together' }, { type: 'connected' })
  }
  sockets[0]?.send({ type: 'chat', message: 'hello' })
  const [first = [], ...others] = await Promise.all(sockets.map(hear))
  expect(first).toHaveLength(20)
  for (const other of others) expect(other).toEqual(first)
})

test('a client of another session hears nothing of it', async () => {
  await using bamboo = await startBamboo({ firstToken: 2, tokenGap: 1, tokens: 5 })
  await using client = clientOf(bamboo.wsUrl)
  const [inside, outside] = await Promise.all([client.ws.connect('/ws'), client.ws.connect('/ws')])
  await inside.request({ type: 'connect', session_id: 'a' }, { type: 'connected' })
  await outside.request({ type: 'connect', session_id: 'b' }, { type: 'connected' })
  await inside.stream({ type: 'chat', message: 'hello' })
  await outside.request({ type: 'ping' }, { type: 'pong' })
  expect(outside.discard({ type: 'chunk' })).toBe(0)
})

test('what several send arrives whole, each one in its order', async () => {
  const arrived: { from: number; seq: number }[] = []
  await using server = await serve((socket) => {
    socket.on('message', (data: Buffer) => {
      arrived.push(JSON.parse(data.toString()) as { from: number; seq: number })
    })
  })
  await using client = clientOf(server.wsUrl)
  const { sockets } = await client.ws.group(5, '/')
  for (let seq = 0; seq < 200; seq++) {
    for (const [from, socket] of sockets.entries()) socket.send({ from, seq })
  }
  await Promise.all(sockets.map((socket) => socket.ping()))
  expect(arrived).toHaveLength(1_000)
  for (const from of sockets.keys()) {
    const own = arrived.filter((each) => each.from === from).map(({ seq }) => seq)
    expect(own).toEqual(own.toSorted((left, right) => left - right))
  }
})

test('a flood of messages is lost nowhere', async () => {
  const count = 20_000
  await using server = await serve((socket) => {
    for (let seq = 0; seq < count; seq++) socket.send(JSON.stringify({ seq }))
    socket.close(1000)
  })
  await using client = clientOf(server.wsUrl)
  let next = 0
  for await (const message of await client.ws.connect('/')) {
    expect(message).toEqual({ seq: next++ })
  }
  expect(next).toBe(count)
  expect(client.recorded().sockets.received.count).toBe(count)
})
