import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { sessionFromRoutes } from '../../src/clients/session-routes.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { warningsOf } from '../../src/report/run-facts.ts'
import { loadEnvironment } from '../support/load-environment.ts'

// Vitest fails the whole run for a single unhandled rejection: that there is none needs no assertion.
const server = createServer((request, response) => {
  if (request.url === '/never') return
  if (request.url === '/503') response.statusCode = 503
  if (request.url?.startsWith('/sessions/')) return
  response.end('{ "id": "s1" }')
})
const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  // Not even a handshake, or one and then nothing.
  if (request.url === '/') sockets.handleUpgrade(request, socket, head, () => {})
  else socket.on('error', () => {})
})
const session = sessionFromRoutes({
  open: 'POST /sessions',
  chat: 'POST /sessions/{id}/chat',
  stream: 'POST /sessions/{id}/stream',
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const collect = async (stream: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of stream);
}

const load = (options: LoadOptions, scenario: Scenario): Promise<LoadRun> => {
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}`
  return runLoad(options, scenario, loadEnvironment({ baseUrl, session }))
}

describe('calls that no code waits for', () => {
  test('end with their user, and are counted as aborted', async () => {
    const run = await load({ users: 2, iterations: 20 }, ({ http }) => {
      void http.get('/never')
    })
    expect(run).toMatchObject({ ending: 'complete', count: 0, aborted: 20 })
    expect(run.iterations).toMatchObject({ count: 20, ok: 20 })
    expect(warningsOf(run)).toMatchInlineSnapshot(`
      [
        "20 requests cut off at the end, not in these figures",
        "their iterations had ended before: was a call not awaited?",
      ]
    `)
  })

  test('may be inside functions that nobody waits for either', async () => {
    const run = await load({ users: 1, iterations: 3 }, ({ http }) => {
      void [1, 2].map(async () => {
        await http.get('/never')
      })
    })
    expect(run.aborted).toBe(6)
  })

  test.each<[string, Scenario]>([
    ['of streams', ({ http }) => void http.stream('/never').text()],
    ['of streams that are read', ({ http }) => void collect(http.stream('/never'))],
    ['of fetch', ({ fetch }) => void fetch('/never')],
    ['of sessions', ({ session }) => void session.chat('hello')],
    ['of streams of sessions', ({ session }) => void session.stream('hello').text()],
    ['of sockets that do not stand yet', ({ ws }) => void ws.connect('/never')],
    ['of sockets that wait', async ({ ws }) => void (await ws.connect('/')).receive('x')],
    [
      'of sockets that ask',
      async ({ ws }) => void (await ws.connect('/')).request('x', { match: 'y' }),
    ],
    ['of sockets that stream', async ({ ws }) => void collect((await ws.connect('/')).stream('x'))],
  ])('%s', async (what, scenario) => {
    const run = await load({ users: 2, iterations: 4 }, scenario)
    expect(run.failed).toBe(0)
    // To wait for a message is no request.
    expect(run.aborted > 0).toBe(what !== 'of sockets that wait')
  })

  test('fail as what they failed with', async () => {
    const run = await load({ users: 1, iterations: 5 }, async ({ http, pause }) => {
      void http.get('/503')
      await pause(20)
    })
    expect(run).toMatchObject({ failed: 5, outcomes: { status: 5 } })
    expect(run.iterations.ok).toBe(5)
  })

  test('are cut off with an iteration that waits for something else', async () => {
    const options = { users: 2, duration: 50, gracefulStop: 10 }
    const run = await load(options, async ({ http, pause }) => {
      void http.get('/never')
      void pause('1m')
      await pause('2m')
    })
    expect(run).toMatchObject({ aborted: 2, iterations: { aborted: 2 } })
    expect(warningsOf(run)).toMatchInlineSnapshot(`
      [
        "2 requests cut off at the end, not in these figures",
      ]
    `)
  })

  test('end the load when they are a mistake', async () => {
    const running = load({ users: 3, duration: '1m' }, async ({ http, pause }) => {
      void http.get('/', { expect: 200, jsn: {} } as never)
      await pause(5)
    })
    await expect(running).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: http.get.jsn is not an option; known: "json", "form", "body", "query", "headers", "name", "expect", "tags", "timeout"; did you mean "json"?]`,
    )
  })

  test('end the load when they pile up, and those that wait for a connection get none', async () => {
    const connections = vi.fn<() => void>()
    subscribe('undici:client:beforeConnect', connections)
    const running = load({ users: 3, duration: '1m' }, ({ http }) => {
      void http.get('/')
    })
    await expect(running).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: the scenario does not wait for its calls, and more than 1000 of one user are under way: write await http.get(…), or return the promise]`,
    )
    unsubscribe('undici:client:beforeConnect', connections)
    // Six of each user at most, of thousands of calls; the load may end before all of them have begun to connect.
    expect(connections.mock.calls.length).toBeGreaterThan(0)
    expect(connections.mock.calls.length).toBeLessThanOrEqual(3 * 6)
  })
})

test('other rejections stay those of whoever listens', async () => {
  const theirs = process.listeners('unhandledRejection')
  const seen: unknown[] = []
  for (const listener of theirs) process.off('unhandledRejection', listener)
  const listen = (reason: unknown): void => void seen.push(reason)
  process.on('unhandledRejection', listen)
  try {
    const own = new Error('of the suite itself')
    const scenario: Scenario = async ({ pause }) => {
      void Promise.reject(own)
      await pause(5)
    }
    // Two at once: the first to end leaves the other its listener.
    await Promise.all([
      load({ users: 1, iterations: 1 }, scenario),
      load({ users: 1, iterations: 3 }, scenario),
    ])
    expect(seen).toEqual([own, own, own, own])
    expect(process.listeners('unhandledRejection')).toEqual([listen])
  } finally {
    process.off('unhandledRejection', listen)
    for (const listener of theirs) process.on('unhandledRejection', listener)
  }
})
