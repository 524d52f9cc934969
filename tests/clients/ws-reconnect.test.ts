import { expect, test } from 'vitest'
import { delayBefore, toReconnectPlan } from '../../src/clients/reconnect-plan.ts'
import { messageOf } from '../support/message-of.ts'
import { clientOf, failureOf, serve } from './ws-server.ts'

const SOON = { delay: 5, max: 20, attempts: 100 }

test.each([
  [0, 0, 100],
  [1, 0, 200],
  [2, 0, 400],
  [9, 0, 5_000],
  [0, 1, 50],
  [1, 0.5, 150],
])('before attempt %i, with %d from the seed, it waits %i ms', (attempt, drawn, delay) => {
  const plan = toReconnectPlan(true)
  expect(plan && delayBefore(attempt, plan, () => drawn)).toBe(delay)
})

test('all mistakes in it are told at once', () => {
  const wrong: object = { dealy: 5, factor: 0.5, max: '5', attempts: 0, jitter: 2 }
  expect(messageOf(() => toReconnectPlan(wrong))).toMatchInlineSnapshot(`
    "reconnect has 5 mistakes:
      - reconnect.dealy is not known; known: "delay", "factor", "max", "attempts", "jitter"; did you mean "delay"?
      - reconnect.factor must be a number of at least 1, got 0.5
      - reconnect.max must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'
      - reconnect.attempts must be a whole number of at least 1, got 0
      - reconnect.jitter must be a ratio from 0 to 1 or a string like '95%', got 2. Write '2%'"
  `)
  expect(toReconnectPlan(false)).toBeUndefined()
})

test('a lost connection comes back by itself; the time that it took is recorded', async () => {
  await using server = await serve((socket) => {
    socket.on('message', (data: Buffer) => {
      if (data.toString() === 'end') socket.terminate()
      else socket.send('pong')
    })
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws', { reconnect: SOON })
  expect(await failureOf(socket.request('end'))).toContain('was lost without a close frame')
  expect(socket.connected).toBe(false)
  expect(() => socket.send('lost')).toThrow(expect.objectContaining({ kind: 'closed' }))
  await socket.ready()
  expect(await socket.request('ping')).toBe('pong')
  expect(client.outcomes()).toMatchObject({
    'WS /ws': { ok: 1 },
    'WS /ws send': { closed: 1 },
    'WS /ws recovery': { ok: 1 },
    'WS /ws recovery › WS /ws': { ok: 1 },
  })
  expect(client.recorded().sockets).toMatchObject({ opened: 2, recovered: 1, closed: { 1006: 1 } })
})

test('a loop over its messages goes on with the next connection', async () => {
  let joined = 0
  await using server = await serve((socket) => {
    const time = ++joined
    socket.send(`hello ${time}`)
    if (time < 3) setTimeout(() => socket.close(1001, 'restart'), 10)
    else socket.close(1000)
  })
  await using client = clientOf(server.wsUrl)
  const heard: unknown[] = []
  for await (const message of await client.ws.connect('/ws', { reconnect: SOON })) {
    heard.push(message)
  }
  expect(heard).toEqual(['hello 1', 'hello 2', 'hello 3'])
})

test('it tries until the service is back; each attempt is a part of the recovery', async () => {
  const server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws', { reconnect: SOON })
  await server[Symbol.asyncDispose]()
  await new Promise((resolve) => setTimeout(resolve, 60))
  await using _again = await serve(() => {}, { port: Number(new URL(server.wsUrl).port) })
  await socket.ready()
  expect(socket.connected).toBe(true)
  const { operations } = client.recorded()
  const attempts = operations.find(({ part }) => part)
  expect(attempts?.outcomes.ok).toBe(1)
  expect(attempts?.outcomes.refused).toBeGreaterThan(0)
})

test('after so many attempts it is given up, as one failure with the last reason', async () => {
  const server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws', { reconnect: { ...SOON, attempts: 3 } })
  await server[Symbol.asyncDispose]()
  await socket.closed
  expect(await failureOf(socket.ready())).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws recovery did not come back in 3 attempts, the last one was refused: nothing listens there (ECONNREFUSED)"`,
  )
  expect(await failureOf(socket.ready())).toContain('found its socket closed')
  expect(client.outcomes()).toMatchObject({ 'WS /ws recovery': { refused: 1 } })
})

test('a normal or expected close, or our own, is no loss; a drop is', async () => {
  await using server = await serve((socket) => {
    socket.on('message', (data: Buffer) => socket.close(Number(data.toString())))
  })
  await using client = clientOf(server.wsUrl)
  for (const code of [1000, 4001]) {
    const socket = await client.ws.connect('/ws', { reconnect: SOON, expectClose: 4001 })
    socket.send(String(code))
    await socket.closed
    await expect(socket.ready()).rejects.toThrow(/found its socket closed|was given up/)
  }
  const closed = await client.ws.connect('/ws', { reconnect: SOON })
  await closed.close()
  await expect(closed.ready()).rejects.toThrow('found its socket closed')
  const dropped = await client.ws.connect('/ws', { reconnect: SOON })
  dropped.drop()
  await dropped.ready()
  expect(dropped.connected).toBe(true)
  expect(client.recorded().sockets.recovered).toBe(1)
})

test.each<[string, (end: ReturnType<typeof clientOf>, socket: Closer) => unknown]>([
  ['closing the socket', (_client, socket) => socket.close()],
  ['closing the client', (client) => client.ws.close()],
  ['the end of the run', (client) => client.caller.inFlight.abortAll('the load has ended')],
])('%s ends the attempts; nothing is left', async (_what, end) => {
  const server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws', { reconnect: { delay: '1h', max: '1h' } })
  await server[Symbol.asyncDispose]()
  await socket.closed
  const waiting = failureOf(socket.ready())
  await end(client, socket)
  expect(await waiting).toMatch(/was given up|was cut off/)
  expect(client.caller.inFlight.size).toBe(0)
  expect(client.recorded().errors).toEqual([])
})

interface Closer {
  close(): Promise<void>
}
