import { expect, test } from 'vitest'
import { clientOf, failureOf, serve, type Client } from './ws-server.ts'

/** A service that closes as each message says: `{ "code": 1011, "reason": "internal error" }`. */
const closing = (): ReturnType<typeof serve> =>
  serve((client) => {
    client.on('message', (data: Buffer) => {
      const { code, reason } = JSON.parse(data.toString()) as { code: number; reason: string }
      if (code === 1006) client.terminate()
      else client.close(code, reason)
    })
  })

const errorsOf = (client: Client): unknown =>
  client.recorded().errors.map(({ name, kind, message }) => `${kind} ${name}: ${message}`)

test.each([
  [1000, 'bye', []],
  [1001, 'going away', []],
  [1006, '', ['the connection was lost without a close frame (code 1006)']],
  [1008, 'policy violation', ['the service closed it with code 1008 (policy violation)']],
  [1011, 'internal error', ['the service closed it with code 1011 (internal error)']],
  [4401, 'token=abc', ['the service closed it with code 4401 (token=[redacted])']],
])('closed with %i while nobody waits', async (code, reason, told) => {
  await using server = await closing()
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/rooms/17')
  socket.send({ code, reason })
  expect(await socket.closed).toMatchObject({ code, reason, by: 'service' })
  const before = 'closed WS /rooms/{} close: found its socket closed: '
  expect(errorsOf(client)).toEqual(told.map((each) => before + each))
  const failed = told.length === 0 ? {} : { 'WS /rooms/{} close': { closed: 1 } }
  expect(client.outcomes()).toEqual({ 'WS /rooms/{}': { ok: 1 }, ...failed })
  expect(client.recorded().sockets).toMatchObject({ opened: 1, closed: { [code]: 1 } })
  expect(client.caller.tally.failed).toBe(0)
})

test('errors with different codes are different errors', async () => {
  await using server = await closing()
  await using client = clientOf(server.wsUrl)
  for (const code of [1008, 1011, 1011, 4001]) {
    const socket = await client.ws.connect('/ws')
    socket.send({ code, reason: 'user 48213' })
    await socket.closed
  }
  expect(client.recorded().errors.map(({ count, message }) => [count, message])).toEqual([
    [2, 'found its socket closed: the service closed it with code 1011 (user {})'],
    [1, 'found its socket closed: the service closed it with code 1008 (user {})'],
    [1, 'found its socket closed: the service closed it with code 4001 (user {})'],
  ])
})

test('what waited is the failure; the end itself is not counted beside it', async () => {
  await using server = await closing()
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  await expect(socket.request({ code: 1011, reason: '' })).rejects.toMatchObject({ kind: 'closed' })
  expect(client.outcomes()).toEqual({ 'WS /ws': { ok: 1 }, 'WS /ws request': { closed: 1 } })
})

test('a code that the test expects is no failure, for those who wait neither', async () => {
  await using server = await closing()
  await using client = clientOf(server.wsUrl)
  const idle = await client.ws.connect('/ws', { expectClose: 4001 })
  idle.send({ code: 4001, reason: 'replaced' })
  expect(await idle.closed).toMatchObject({ code: 4001, expected: true })
  const waiting = await client.ws.connect('/ws', { expectClose: [4000, 4001] })
  expect(
    await failureOf(waiting.request({ code: 4001, reason: 'replaced' })),
  ).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws request was given up: the service closed it with code 4001 (replaced)"`,
  )
  expect(() => waiting.send('x')).toThrow(expect.objectContaining({ kind: 'aborted' }))
  expect(errorsOf(client)).toEqual([])
  expect(client.outcomes()).toMatchObject({ 'WS /ws request': { aborted: 1 } })
})
