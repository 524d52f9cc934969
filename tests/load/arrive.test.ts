import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { describe, expect, test } from 'vitest'
import { Handshakes } from '../../src/clients/handshakes.ts'
import { runConcurrently } from '../../src/load/concurrently.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { sendJson, serve, serveTcp, type Listener } from '../support/servers.ts'
import { serveTls } from '../support/tls-server.ts'

const slow: Listener = async (_request, response) => {
  await sleep(20)
  sendJson(response, {})
}
const look: Scenario = async ({ http }) => void (await http.get('/'))

describe('users who start at once', () => {
  test.each([
    ['as many as may connect at once find out themselves, the others come connected', 4, 4],
    ['with room for all, each opens its connection in its first call', 100, 20],
  ])('%s', async (_what, handshakes, cold) => {
    await using server = await serve(slow)
    const options = { users: 20, iterationsPerUser: 2, http: { handshakes } }
    const run = await runLoad(options, look, loadEnvironment({ baseUrl: server.url }))
    expect(run.outcomes).toEqual({ ok: 40 })
    expect(run.connections).toMatchObject({ opened: 20, cold: { count: cold } })
    expect(run.generator.users).toMatchObject({ asked: 20, reached: 20 })
  })

  test.each([
    ['http:', 64],
    ['https:', 16],
  ])('so many connect at once by default over %s', async (protocol, most) => {
    const service = protocol === 'http:' ? serve(slow) : serveTls(slow)
    await using server = await service
    const options = { users: most + 6, iterationsPerUser: 1, tls: { rejectUnauthorized: false } }
    const run = await runLoad(options, look, loadEnvironment({ baseUrl: server.url }))
    expect(run.connections).toMatchObject({ opened: most + 6, cold: { count: most } })
  })

  test('shared connections and HTTP/1.1 without a base URL do as well', async () => {
    await using server = await serve(slow)
    const options = { users: 10, iterationsPerUser: 1, http: { handshakes: 2 } }
    const there: Scenario = async ({ http }) => void (await http.get(`${server.url}/`))
    const alone = await runLoad(options, there, loadEnvironment())
    expect(alone.connections).toMatchObject({ opened: 10, cold: { count: 2 } })
    const shared = { ...options, connection: 'shared' } as const
    const run = await runLoad(shared, there, loadEnvironment({ baseUrl: server.url }))
    expect(run.outcomes).toEqual({ ok: 10 })
  })

  test('a connection for each call is opened in it', async () => {
    await using server = await serve(slow)
    const options = { users: 10, iterationsPerUser: 1, http: { handshakes: 2 } }
    const run = await runLoad(
      { ...options, connection: 'perRequest' },
      look,
      loadEnvironment({ baseUrl: server.url }),
    )
    expect(run.connections).toMatchObject({ opened: 10, cold: { count: 10 } })
  })

  test('users on sockets get no connections that they have no use for', async () => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(sockets, 'listening')
    const address = sockets.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const options = { users: 10, iterationsPerUser: 1, http: { handshakes: 2 } }
    const connect: Scenario = async ({ ws }) => (await ws.connect('/')).close()
    const wsUrl = `ws://127.0.0.1:${port}`
    const run = await runLoad(options, connect, loadEnvironment({ wsUrl }))
    expect(run.sockets.opened).toBe(10)
    expect(run.connections.opened).toBe(0)
    sockets.close()
  })

  test('who still waits when the load ends leaves without a call, and no socket is left', async () => {
    // Never answers a handshake, but for the look before the load.
    let sockets = 0
    await using server = await serveTcp((socket) => {
      sockets++
      socket.pause()
    })
    await using plain = await serve(slow)
    const there: Scenario = async ({ http }) =>
      void (await http.get(server.url.replace('http:', 'https:')))
    const times = { duration: '300ms', gracefulStop: '1ms' } as const
    const options = { users: 6, ...times, http: { handshakes: 2 } }
    const environment = loadEnvironment({ baseUrl: plain.url })
    const run = await runLoad(options, there, environment)
    expect(run.outcomes).toEqual({ cutOff: 2 })
    expect(run.iterations.aborted).toBe(2)
    expect(sockets).toBe(2)
    await server.emptied()
  })

  test('concurrently is at once', async () => {
    await using server = await serve(slow)
    const environment = loadEnvironment({ baseUrl: server.url })
    const run = await runConcurrently({ times: 80 }, look, environment)
    expect(run.connections).toMatchObject({ opened: 80, cold: { count: 80 } })
  })
})

describe('a turn', () => {
  const never = new AbortController().signal

  test('comes first to who waited first, one for each handshake that ends', async () => {
    const handshakes = new Handshakes(2)
    const order: number[] = []
    for (let each = 0; each < 2; each++) handshakes.began('http://service')
    expect(handshakes.busy).toBe(true)
    const open = (user: number) => async (): Promise<void> => {
      handshakes.began('http://service')
      order.push(user)
    }
    const turns = [1, 2, 3].map((user) => handshakes.turn(open(user), never))
    expect(order).toEqual([])
    handshakes.ended()
    expect(order).toEqual([1])
    handshakes.ended()
    handshakes.ended()
    await Promise.all(turns)
    expect(order).toEqual([1, 2, 3])
  })

  test('is given up when the load ends', async () => {
    const handshakes = new Handshakes(1)
    handshakes.began('http://service')
    const stop = new AbortController()
    const opened: string[] = []
    const turn = handshakes.turn(async () => void opened.push('late'), stop.signal)
    stop.abort()
    await turn
    handshakes.ended()
    expect(opened).toEqual([])
    expect(handshakes.busy).toBe(false)
  })
})
