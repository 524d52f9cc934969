import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { perfMatchers } from '../../src/matchers.ts'
import { clientOf, failureOf, serve } from './ws-server.ts'

expect.extend(perfMatchers)

/** A topic: what one says, `fault` may change for each listener before it goes to all. */
const topic = (
  fault: (listener: number, data: string) => readonly string[] = (_listener, data) => [data],
): ReturnType<typeof serve> => {
  const listeners: WebSocket[] = []
  return serve((socket, url) => {
    if (url === '/listen') listeners.push(socket)
    socket.on('message', (data: Buffer) => {
      for (const [at, listener] of listeners.entries()) {
        for (const each of fault(at, data.toString())) listener.send(each)
      }
    })
  })
}

const news = (seq: number): object => ({ type: 'news', seq, sent_at: Date.now() })

test('a thousand sockets on one topic get each broadcast', { timeout: 60_000 }, async () => {
  await using server = await topic()
  await using client = clientOf(server.wsUrl, 30_000)
  const room = await client.ws.group(1_000, '/listen')
  const speaker = await client.ws.connect('/speak')
  expect(server.server.clients.size).toBe(1_001)
  const heard = room.listen('broadcast', { type: 'news' })
  speaker.send(news(1))
  const { latency, ...rest } = await heard
  expect(rest).toEqual({ expected: 1_000, received: 1_000, lost: 0, duplicated: 0, outOfOrder: 0 })
  expect(latency).toMatchObject({ count: 1_000, failed: 0 })
  expect(latency).toHaveP99Below('30s')
  expect(client.outcomes()).toMatchObject({ 'WS /listen': { ok: 1_000 }, broadcast: { ok: 1_000 } })
  await room.close()
  await expect.poll(() => server.server.clients.size).toBe(1)
})

test('what is lost, doubled or out of order is counted, socket by socket', async () => {
  const held = new Map<number, string>()
  await using server = await topic((listener, data) => {
    const { seq } = JSON.parse(data) as { seq: number }
    if (listener === 1 && seq === 2) return []
    if (listener === 2 && seq === 2) return [data, data]
    if (listener === 3 && seq === 2) {
      held.set(listener, data)
      return []
    }
    return listener === 3 && seq === 3 ? [data, held.get(listener) ?? ''] : [data]
  })
  await using client = clientOf(server.wsUrl)
  const room = await client.ws.group(4, '/listen')
  const speaker = await client.ws.connect('/speak')
  const heard = room.listen(
    'news',
    { type: 'news' },
    { messages: 3, id: 'seq', since: 'sent_at', timeout: 200 },
  )
  for (const seq of [1, 2, 3]) speaker.send(news(seq))
  const { latency, ...rest } = await heard
  expect(rest).toEqual({ expected: 12, received: 11, lost: 1, duplicated: 1, outOfOrder: 1 })
  expect(latency).toMatchObject({ count: 11, failed: 1 })
  expect(client.outcomes()).toMatchObject({ news: { ok: 11, timeout: 1 } })
  expect(client.recorded().errors.map(({ message }) => message)).toEqual([
    'timed out: it did not arrive within 200 ms',
  ])
})

test('the stamp of each message may be what the test noted', async () => {
  await using server = await topic()
  await using client = clientOf(server.wsUrl)
  const room = await client.ws.group(3, '/listen')
  const speaker = await client.ws.connect('/speak')
  const sent: number[] = []
  const heard = room.listen<{ seq: number }>('news', undefined, {
    messages: 5,
    id: 'seq',
    since: ({ seq }) => sent[seq] ?? NaN,
  })
  for (const seq of Array(5).keys()) {
    sent[seq] = performance.now()
    speaker.send(news(seq))
  }
  expect(await heard).toMatchObject({ received: 15, lost: 0, latency: { count: 15 } })
})

test('a socket that ends loses the rest; the others are waited for', async () => {
  await using server = await topic()
  await using client = clientOf(server.wsUrl)
  const room = await client.ws.group(3, '/listen')
  const speaker = await client.ws.connect('/speak')
  const heard = room.listen('news', { type: 'news' })
  const [first] = server.server.clients
  first?.close(1011, 'internal error')
  await Promise.any(room.sockets.map((socket) => socket.closed))
  speaker.send(news(1))
  expect(await heard).toMatchObject({ expected: 3, received: 2, lost: 1 })
  expect(client.outcomes()).toMatchObject({ news: { ok: 2, closed: 1 } })
})

test('only so many connect at once, and one that cannot closes all', async () => {
  let under = 0
  let most = 0
  await using server = await serve(() => {}, {
    verifyClient: (_info, accept) => {
      most = Math.max(most, ++under)
      setTimeout(() => {
        under--
        accept(server.server.clients.size < 20)
      }, 5)
    },
  })
  await using client = clientOf(server.wsUrl)
  const room = await client.ws.group(20, '/ws', { atOnce: 4 })
  expect(room.sockets).toHaveLength(20)
  expect(most).toBe(4)
  expect(await failureOf(client.ws.group(5, '/ws'))).toContain('answered 401')
  await room.close()
  await expect.poll(() => server.server.clients.size).toBe(0)
  const half = client.ws.group(30, '/ws', { atOnce: 4 })
  await expect(half).rejects.toMatchObject({ kind: 'status' })
  await expect.poll(() => server.server.clients.size).toBe(0)
})

test('an error in a function of the test ends the listening, and nothing else', async () => {
  await using server = await topic()
  await using client = clientOf(server.wsUrl)
  const room = await client.ws.group(2, '/listen')
  const heard = room.listen('news', () => {
    throw new TypeError('x is undefined')
  })
  room.sockets[0]?.send('go')
  expect(await failureOf(heard)).toBe('WS ws://127.0.0.1:{}/listen news x is undefined')
  expect(room.sockets.map(({ connected }) => connected)).toEqual([true, true])
})

test('the end of the run ends the listening; mistakes are told before', async () => {
  await using server = await topic()
  await using client = clientOf(server.wsUrl)
  expect(await failureOf(client.ws.group(0, '/ws'))).toMatchInlineSnapshot(
    `"ws.group(count) must be a whole number of at least 1, got 0"`,
  )
  const room = await client.ws.group(2, '/listen')
  expect(() => room.listen('news', undefined, { messages: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: listen for 2 messages cannot tell when each was caused: give since, the path to a time in the message or a function]`,
  )
  const heard = room.listen('news')
  client.caller.inFlight.abortAll('the load has ended')
  await expect(heard).rejects.toMatchObject({ kind: 'cutOff' })
  expect(client.caller.inFlight.size).toBe(0)
  expect(client.outcomes()).toMatchObject({ news: { cutOff: 1 } })
})
