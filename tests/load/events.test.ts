import { once } from 'node:events'
import { WebSocketServer } from 'ws'
import { describe, expect, test } from 'vitest'
import { defineEvents, toEvents, type LoadEvents, type RequestStop } from '../../src/load/events.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { warningsOf } from '../../src/report/run-facts.ts'
import { bambooSession, loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { sendJson, serve, type TestServer } from '../support/servers.ts'

/** Answers 200, or what the path says; remembers who asked with which token. */
async function service(): Promise<TestServer & { readonly tokens: Set<string> }> {
  const tokens = new Set<string>()
  const server = await serve(({ url = '', headers }, response) => {
    tokens.add(headers.authorization ?? 'none')
    const status = Number(/\d{3}/.exec(url)?.[0] ?? 200)
    sendJson(response, { token: 'secret' }, status)
  })
  return Object.assign(server, { tokens })
}

const scenario: Scenario = ({ http, pause }) => http.get('/').then(() => pause('2ms'))

/** A load with these listeners, on a server of its own. */
async function loaded(
  events: LoadEvents | readonly LoadEvents[],
  options: Partial<LoadOptions> = {},
  keep?: (run: LoadRun) => void,
): Promise<LoadRun> {
  await using server = await service()
  const all = { users: 2, iterations: 6, events, ...options } as LoadOptions
  return await runLoad(all, scenario, loadEnvironment({ baseUrl: server.url, keep }))
}

/** Everything that a load tells, in order. */
function diary(): { readonly told: string[]; readonly events: LoadEvents } {
  const told: string[] = []
  const events = defineEvents({
    runStart: () => told.push('run starts'),
    runStop: ({ iterations }) => told.push(`run stops, ${iterations.count} iterations`),
    phaseStart: ({ name }) => told.push(`${name} starts`),
    phaseStop: ({ name }) => told.push(`${name} stops`),
    userStart: ({ user }) => told.push(`user ${user} starts`),
    userStop: ({ user }) => told.push(`user ${user} stops`),
    requestStart: ({ name }) => void told.push(`${name} starts`),
    requestStop: ({ name, outcome }) => void told.push(`${name} ${outcome}`),
  })
  return { told, events }
}

test('a load tells of everything, in order', async () => {
  const { told, events } = diary()
  await loaded(events, { users: 1, iterations: 2 })
  expect(told).toEqual([
    'run starts',
    'steady starts',
    'user 0 starts',
    'GET / starts',
    'GET / ok',
    'GET / starts',
    'GET / ok',
    'user 0 stops',
    'steady stops',
    'run stops, 2 iterations',
  ])
})

test('every phase is told of, also of an open load', async () => {
  const { told, events } = diary()
  const options = {
    rampUp: '50ms',
    warmUp: '50ms',
    duration: '50ms',
    iterations: undefined,
  } as const
  await loaded(events, options)
  const phases = ['ramp-up', 'warm-up', 'steady', 'graceful stop']
  const expected = phases.flatMap((name) => [`${name} starts`, `${name} stops`])
  const isPhase = (line: string): boolean => phases.some((name) => line.startsWith(name))
  expect(told.filter(isPhase)).toEqual(expected)
  told.length = 0
  await loaded(events, { ...options, users: undefined, rate: 100 })
  expect(told.filter(isPhase)).toEqual(expected)
})

test('several listeners are told one after the other', async () => {
  const told: string[] = []
  const slow = {
    runStart: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      told.push('first')
    },
  }
  await loaded([slow, { runStart: () => told.push('second') }])
  expect(told).toEqual(['first', 'second'])
})

describe('the suite can', () => {
  test('log in once, and no call of it is counted', async () => {
    await using server = await service()
    let token = ''
    const events: LoadEvents = {
      runStart: async ({ http }) => {
        token = (await http.post('/login')).json<{ token: string }>().token
      },
      runStop: async (_, { http }) => {
        await http.extend({ bearer: 'bye' }).delete('/login')
      },
    }
    const user: Scenario = ({ http }) => http.extend({ bearer: token }).get('/')
    const options = { users: 2, iterations: 4, events }
    const run = await runLoad(options, user, loadEnvironment({ baseUrl: server.url }))
    expect(run.requests.map(({ name, count }) => [name, count])).toEqual([['GET /', 4]])
    expect([...server.tokens]).toEqual(['none', 'Bearer secret', 'Bearer bye'])
  })

  test('make a user wait for its listener', async () => {
    const told: string[] = []
    await loaded(
      {
        userStart: async ({ user }) => {
          await new Promise((resolve) => setTimeout(resolve, 10))
          told.push(`user ${user}`)
        },
        requestStart: ({ name }) => void told.push(name),
      },
      { users: 1 },
    )
    expect(told).toEqual(['user 0', ...Array.from({ length: 6 }, () => 'GET /')])
  })

  test('judge the finished run', async () => {
    const judged: LoadRun[] = []
    const run = await loaded({ runStop: (each) => judged.push(each) })
    expect(judged).toEqual([run])
    expect(judged[0]).toBe(run)
  })

  test('stop the load, which the summary says', async () => {
    let seen = 0
    const run = await loaded(
      {
        requestStop: (_, { stop }) => {
          seen++
          if (seen === 20) stop('20 are enough')
        },
      },
      { iterations: 1_000_000 },
    )
    expect(run).toMatchObject({ ending: 'stopped', reason: '20 are enough' })
    expect(run.count).toBeLessThan(30)
    expect(run.outcomes.cutOff).toBeUndefined()
    expect(warningsOf({ ...run, elapsed: 1_000 })).toEqual(['stopped after 1 s: 20 are enough'])
  })

  test.each([
    ['closed', {}],
    ['open', { rate: 100, duration: '20s', users: undefined, iterations: undefined }],
  ])('stop a %s load before it begins', async (_, options) => {
    const run = await loaded(
      { runStart: ({ stop }) => stop('no need') },
      options as Partial<LoadOptions>,
    )
    expect(run).toMatchObject({ ending: 'stopped', reason: 'no need', count: 0 })
  })
})

describe('requests are told of with', () => {
  test('how they ended, how long they took and the status', async () => {
    await using server = await service()
    const told: RequestStop[] = []
    const calls: Scenario = async ({ http, fetch, url }) => {
      await http.get('/a503', { expect: 'any' })
      await http.get('/a404').catch(() => {})
      await fetch(url('/a201'))
      await http.post('/', { name: 'named' })
    }
    const events: LoadEvents = { requestStop: (request) => void told.push(request) }
    const options = { users: 1, iterations: 1, events }
    const run = await runLoad(options, calls, loadEnvironment({ baseUrl: server.url }))
    expect(told.map(({ name, outcome, status }) => [name, outcome, status])).toEqual([
      ['GET /a503', 'ok', 503],
      ['GET /a404', 'status', 404],
      ['GET /a201', 'ok', 201],
      ['named', 'ok', 200],
    ])
    expect(told.map(({ latency }) => latency)).toEqual(
      told.map(({ name, outcome }) =>
        outcome === 'ok' ? run.request(name).latency.max : expect.any(Number),
      ),
    )
  })

  test('sessions and sockets too, but not the parts of an operation', async () => {
    await using server = await service()
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    sockets.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"pong"}')))
    await once(sockets, 'listening')
    const { port } = sockets.address() as { port: number }
    const { told, events } = diary()
    const calls: Scenario = async ({ session, ws }) => {
      await session.stop().catch(() => {})
      const socket = await ws.connect('/ws')
      await socket.request({ type: 'ping' }, { type: 'pong' }, { name: 'ping' })
    }
    const environment = loadEnvironment({
      baseUrl: server.url,
      wsUrl: `ws://127.0.0.1:${port}`,
      session: { ...bambooSession, open: () => Promise.resolve('1') },
    })
    await runLoad({ users: 1, iterations: 1, events }, calls, environment)
    sockets.close()
    expect(told.slice(3, -3)).toMatchInlineSnapshot(`
      [
        "open starts",
        "open ok",
        "stop starts",
        "stop ok",
        "WS /ws starts",
        "WS /ws ok",
        "ping starts",
        "ping ok",
      ]
    `)
  })
})

describe('what a listener throws', () => {
  const broken = (): never => {
    throw new Error('no luck')
  }

  test('before the load means that there is none', async () => {
    const { told, events } = diary()
    await expect(loaded([{ runStart: broken }, events])).rejects.toThrow('no luck')
    expect(told).toEqual([])
  })

  test.each([
    'phaseStart',
    'phaseStop',
    'userStart',
    'userStop',
    'requestStart',
    'requestStop',
    'runStop',
  ] as const)('in %s fails the load, which keeps its run', async (event) => {
    const kept: LoadRun[] = []
    const { told, events } = diary()
    const options = { iterations: 200, maxDuration: '20s' } as const
    const failing = loaded([events, { [event]: broken }], options, (run) => kept.push(run))
    await expect(failing).rejects.toThrow('no luck')
    expect(kept).toHaveLength(1)
    expect(told.at(-1)).toMatch(/^run stops/)
  })

  test('is in the summary, when it ended the load', async () => {
    const kept: LoadRun[] = []
    const events = { userStart: broken }
    await expect(loaded(events, {}, (run) => kept.push(run))).rejects.toThrow('no luck')
    expect(kept[0]).toMatchObject({ ending: 'interrupted', count: 0 })
    expect(kept[0]?.reason).toMatchInlineSnapshot(`"its userStart listener failed: no luck"`)
  })

  test('an async listener of requests is refused', async () => {
    const requestStop: () => unknown = () => Promise.resolve()
    await expect(loaded({ requestStop })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: events.requestStop is async, and no request waits for it: keep what it needs, and await in runStop]`,
    )
  })

  test('one that hangs does not outlive its test', async () => {
    const controller = new AbortController()
    await using server = await service()
    const events = { runStart: () => new Promise(() => {}) }
    const environment = loadEnvironment({ baseUrl: server.url, signal: controller.signal })
    const run = runLoad({ users: 1, iterations: 10, events }, scenario, environment)
    setTimeout(() => controller.abort(), 50)
    expect(await run).toMatchObject({ ending: 'interrupted', count: 0 })
  })
})

test('users that are cut off have stopped as well', async () => {
  const { told, events } = diary()
  await using server = await serve(() => {})
  const options = { users: 2, duration: '50ms', gracefulStop: '10ms', events } as const
  const hanging: Scenario = ({ http }) => http.get('/')
  await runLoad(options, hanging, loadEnvironment({ baseUrl: server.url }))
  expect(told.filter((line) => /^user \d stops/.test(line))).toHaveLength(2)
})

test('users of a kind keep their own start and stop', async () => {
  await using server = await service()
  const told: string[] = []
  const kind = defineUser(
    {
      name: 'user',
      onStart: () => void told.push('onStart'),
      onStop: () => void told.push('onStop'),
    },
    { call: ({ http }) => http.get('/') },
  )
  const events: LoadEvents = {
    userStart: () => told.push('userStart'),
    userStop: () => told.push('userStop'),
  }
  await runLoad({ users: 1, iterations: 2, events }, kind, loadEnvironment({ baseUrl: server.url }))
  expect(told).toEqual(['userStart', 'onStart', 'onStop', 'userStop'])
})

test('every mistake in them is told before any traffic', () => {
  expect(messageOf(() => toEvents([{ runStarts: () => {} }, { runStop: 1 }, null], 'load.events')))
    .toMatchInlineSnapshot(`
    "load.events has 3 mistakes:
      - load.events[0].runStarts is no event; known: "runStart", "runStop", "phaseStart", "phaseStop", "userStart", "userStop", "requestStart", "requestStop"; did you mean "runStart"?
      - load.events[1].runStop must be a function, got 1
      - load.events[2] must be an object like { runStart: async ({ http }) => … }, got null"
  `)
})
