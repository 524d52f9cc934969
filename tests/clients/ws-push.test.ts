import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { clientOf, failureOf, serve, type Client } from './ws-server.ts'

const named = (client: Client, name: string): unknown =>
  client.recorded().operations.find((each) => each.name === name)?.latency

/** Pushes a signal so many ms after each message to all who are connected. */
const signalling = (delay: number): ReturnType<typeof serve> =>
  serve((socket, _url) => {
    socket.on('message', (data: Buffer) => {
      setTimeout(() => {
        socket.send(JSON.stringify({ type: 'noise' }))
        socket.send(JSON.stringify({ type: 'signal', sent_at: Date.now(), said: data.toString() }))
      }, delay)
    })
  })

test('from a cause until the push arrives is recorded under a name', async () => {
  await using server = await signalling(30)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/signals')
  const push = socket.measure('signal push', { type: 'signal' })
  socket.send('go')
  const { message, took } = await push
  expect(message).toMatchObject({ type: 'signal', said: 'go' })
  expect(took).toBeGreaterThan(25)
  expect(named(client, 'signal push')).toMatchObject({ count: 1, sum: took })
  expect(await socket.receive()).toEqual({ type: 'noise' })
})

test('it is stamped when the bytes arrive, however late anybody looks', async () => {
  await using server = await signalling(0)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/signals')
  const cause = performance.now()
  socket.send('go')
  await after(200)
  const { took } = await socket.measure('push', { type: 'signal' }, { since: cause })
  expect(took).toBeLessThan(190)
  expect(socket.discard()).toBe(1)
})

test('the cause may be a time that the message tells, or that the test knows', async () => {
  await using server = await signalling(20)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/signals')
  socket.send('go')
  const told = await socket.measure('told', { type: 'signal' }, { since: 'sent_at' })
  expect(told.took).toBeGreaterThanOrEqual(0)
  const sent = new Map([['a', performance.now()]])
  socket.send('a')
  const known = await socket.measure<{ said: string }>(
    'known',
    { said: 'a' },
    { since: ({ said }) => sent.get(said) ?? NaN },
  )
  expect(known.took).toBeGreaterThan(15)
})

test.each<[string | number, string]>([
  [1_700_000_000, 'seconds'],
  [1_700_000_000_000, 'milliseconds'],
  ['2023-11-14T22:13:20Z', 'ISO 8601'],
  ['1700000000', 'digits'],
])('%s is a time of day in %s', async (at) => {
  await using server = await serve((socket) => socket.send(JSON.stringify({ at })))
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const { took } = await socket.measure('old', undefined, { since: 'at' })
  expect(Math.abs(Date.now() - took - 1_700_000_000_000)).toBeLessThan(1_000)
})

test('a clock ahead of ours gives 0, no negative time', async () => {
  await using server = await serve((socket) =>
    socket.send(JSON.stringify({ at: Date.now() + 60_000 })),
  )
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  expect((await socket.measure('push', undefined, { since: 'at' })).took).toBe(0)
})

test('a push that never comes, without a time, or to a closed socket is a failure', async () => {
  await using server = await signalling(0)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/signals')
  const none = socket.measure('push', { type: 'other' }, { timeout: 30 })
  expect(await failureOf(none)).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/signals push timed out: no message {"type":"other"} within 30 ms
    no message has arrived on this socket"
  `)
  socket.send('go')
  const untimed = socket.measure('push', { type: 'noise' }, { since: 'sent_at' })
  expect(await failureOf(untimed)).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/signals push got an answer that cannot be read: the message has no time at sent_at: {"type":"noise"}"`,
  )
  await socket.close()
  expect(await failureOf(socket.measure('push'))).toContain('found its socket closed')
  expect(client.outcomes()).toMatchObject({ push: { timeout: 1, malformed: 1, closed: 1 } })
  const wrong: never = true as never
  expect(() =>
    socket.measure('push', undefined, { since: wrong }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: since must be a stamp of performance.now(), a function that gives one, or a path like 'sent_at', got true]`,
  )
})

test('a push that nobody awaits any more is recorded, and no unhandled rejection', async () => {
  await using server = await signalling(0)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/signals')
  void socket.measure('push', { type: 'never' }, { timeout: 10 })
  await after(50)
  expect(client.outcomes()).toMatchObject({ push: { timeout: 1 } })
})
