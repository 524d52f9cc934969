import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runConcurrently } from '../../src/load/concurrently.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { refuseInScenario } from '../../src/load/scenario-scope.ts'
import { loadEnvironment } from '../support/load-environment.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Listener = (...of: Parameters<RequestListener>) => unknown

async function serve(listener: Listener): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => void listener(request, response))
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const after = (delay: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay))

/** Answers after a delay and counts what it saw. */
async function counting(
  delay = 0,
): Promise<{ url: string; seen: { now: number; most: number; all: number } }> {
  const seen = { now: 0, most: 0, all: 0 }
  const { url } = await serve(async (_request, response) => {
    seen.all++
    seen.now++
    seen.most = Math.max(seen.most, seen.now)
    await after(delay)
    seen.now--
    response.end('{}')
  })
  return { url, seen }
}

const load = (
  baseUrl: string | undefined,
  options: LoadOptions,
  scenario: Scenario,
  signal?: AbortSignal,
): Promise<LoadRun> =>
  runLoad(options, scenario, loadEnvironment({ baseUrl, ...(signal !== undefined && { signal }) }))

describe('a load of iterations', () => {
  test('runs exactly so many, at most so many at once', async () => {
    const { url, seen } = await counting(5)
    const run = await load(url, { users: 4, iterations: 30 }, ({ http }) => http.get('/a'))
    expect(seen).toMatchObject({ all: 30, most: 4 })
    expect(run.iterations).toMatchObject({ count: 30, ok: 30, failed: 0 })
    expect(run.request('GET /a')).toMatchObject({ count: 30, successRate: 1 })
    expect(run.ending).toBe('complete')
  })

  test('is judged by the time from its first start to its last end', async () => {
    const { url } = await counting(50)
    const run = await load(url, { users: 1, iterations: 4 }, ({ http }) => http.get('/a'))
    expect(run.duration).toBeGreaterThanOrEqual(200)
    expect(run.throughput.mean).toBeCloseTo(4 / (run.duration / 1_000), 6)
  })

  test('ends at maxDuration at the latest, and says so', async () => {
    const { url } = await counting(20)
    const options = { users: 1, iterations: 10_000, maxDuration: 200 }
    const run = await load(url, options, ({ http }) => http.get('/a'))
    expect(run.ending).toBe('deadline')
    expect(run.iterations.count).toBeLessThan(20)
    expect(() => assertDelivered(run)).toThrow(
      /^the load was not delivered: \d+ of 10000 iterations had ended after/,
    )
  })
})

describe('a load of a duration', () => {
  test('judges what began in it: ramp-up, warm-up and graceful stop are apart', async () => {
    const { url, seen } = await counting(20)
    const options = { users: 2, rampUp: 200, warmUp: 100, duration: 300 }
    const run = await load(url, options, ({ http }) => http.get('/a'))
    expect(run.phases.map(({ name }) => name)).toEqual(['ramp-up', 'warm-up', 'graceful stop'])
    const apart = run.phases.reduce((sum, { summary }) => sum + summary.count, 0)
    expect(run.count + apart).toBe(seen.all)
    expect(run.count).toBeGreaterThan(0)
    // The judged time itself, not that of the whole run: the times of all phases add up to that.
    const others = run.phases.reduce((sum, { summary }) => sum + summary.duration, 0)
    expect(others).toBeGreaterThan(0)
    expect(run.duration + others).toBeCloseTo(run.elapsed, 6)
  })

  test('lets open iterations finish, and cuts off what outlasts the graceful stop', async () => {
    const { url } = await serve(() => {})
    const options = { users: 3, duration: 100, gracefulStop: 100 }
    const run = await load(url, options, ({ http }) => http.get('/hangs'))
    expect(run).toMatchObject({ count: 0, aborted: 3, successRate: undefined })
    expect(run.iterations).toMatchObject({ count: 0, aborted: 3 })
    expect(run.errors).toEqual([])
  })

  test('leaves a scenario behind that never ends', async () => {
    const run = await load(
      undefined,
      { users: 1, duration: 50, gracefulStop: 50 },
      () => new Promise(() => {}),
    )
    expect(run.ending).toBe('complete')
  })

  test('a scenario that never waits cannot keep it from ending', async () => {
    const run = await load(undefined, { users: 10, duration: 100 }, async () => {})
    expect(run.iterations.ok).toBeGreaterThan(100)
  })

  test('the abort of the test ends it, and keeps what was measured', async () => {
    const { url } = await counting(10)
    const control = new AbortController()
    setTimeout(() => control.abort(), 150)
    const run = await load(
      url,
      { users: 2, duration: '60s' },
      ({ http }) => http.get('/a'),
      control.signal,
    )
    expect(run.ending).toBe('interrupted')
    // How many fit in is the machine's business.
    expect(run.request('GET /a').ok).toBeGreaterThan(0)
  })
})

describe('errors of a scenario', () => {
  test('end that iteration, are grouped, and stop nobody else', async () => {
    const { url } = await counting()
    const run = await load(url, { users: 2, iterations: 20 }, async ({ http, user }) => {
      await http.get('/a')
      if (user === 0) throw new TypeError(`user ${48_213 + user} is not welcome`)
    })
    expect(run.request('GET /a').ok).toBe(20)
    expect(run.iterations.count).toBe(20)
    const [group] = run.errors
    expect(group).toMatchObject({ kind: 'error', message: 'TypeError: user {} is not welcome' })
    expect(group?.count).toBe(run.iterations.failed)
    expect(group?.first.stack).toContain('run-load.test.ts')
  })

  test('count against the run, so that failed assertions after good answers never pass', async () => {
    const { url } = await counting()
    const run = await load(url, { users: 1, iterations: 10 }, async ({ http }) => {
      const answer = await http.get('/a')
      expect(answer.json()).toHaveProperty('reply')
    })
    expect(run.request('GET /a').failed).toBe(0)
    expect(run).toMatchObject({ ok: 10, failed: 10, successRate: 0.5 })
    expect(run.outcomes).toEqual({ ok: 10, assertion: 10 })
  })

  test('of an operation are counted once: with the operation', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(503).end('{"error":"full"}'),
    )
    const run = await load(url, { users: 1, iterations: 5 }, ({ http }) => http.get('/a'))
    expect(run).toMatchObject({ ok: 0, failed: 5, outcomes: { status: 5 } })
    expect(run.iterations.outcomes).toEqual({ status: 5 })
    expect(run.errors).toHaveLength(1)
    expect(run.errors[0]).toMatchObject({
      name: 'GET /a',
      count: 5,
      first: { status: 503, body: '{"error":"full"}' },
    })
  })

  test('that an SDK makes of a recorded failure are not counted twice', async () => {
    const { url } = await serve((_request, response) => response.writeHead(500).end())
    const run = await load(url, { users: 1, iterations: 5 }, async ({ fetch }) => {
      const response = await fetch('/a')
      if (!response.ok) throw new Error(`the SDK says ${response.status}`)
    })
    expect(run).toMatchObject({ failed: 5, count: 5 })
    expect(run.iterations.failed).toBe(5)
  })

  test('a load without any recorded request is judged by its iterations', async () => {
    const run = await load(undefined, { users: 1, iterations: 4 }, async ({ iteration }) => {
      await after(1)
      if (iteration === 0) throw new Error('once')
    })
    expect(run).toMatchObject({ count: 4, ok: 3, failed: 1, successRate: 0.75 })
  })
})

describe('misuse is one clear error', () => {
  test('an unreachable target, before any traffic', async () => {
    const { url, server } = await serve(() => {})
    server.close()
    const scenario = vi.fn()
    await expect(load(url, { users: 10, duration: '10s' }, scenario)).rejects.toThrow(
      `load() was not started: ${url} cannot be reached (ECONNREFUSED). Start the service, let perf({ server }) start it, or set PERF_BASE_URL`,
    )
    expect(scenario).not.toHaveBeenCalled()
  })

  test('a load under a load', async () => {
    const nested = load(undefined, { users: 1, iterations: 1 }, () =>
      load(undefined, { users: 1, iterations: 1 }, () => {}),
    )
    await expect(nested).rejects.toThrow(
      'load() was called inside a load scenario: a load cannot run under a load; call it beside, in the test itself',
    )
  })

  test("the test's own client inside a scenario", async () => {
    const refused = load(undefined, { users: 1, iterations: 1 }, () => refuseInScenario('http'))
    await expect(refused).rejects.toThrow(
      "the test's own http was used inside a load scenario, where every user has its own: take it from the scenario's argument, load(…, async ({ http }) => …)",
    )
  })

  test('no base URL', async () => {
    const lost = load(undefined, { users: 1, iterations: 1 }, ({ http }) => http.get('/a'))
    await expect(lost).rejects.toThrow('http does not know which service to call')
  })

  test('no scenario', async () => {
    await expect(load(undefined, { users: 1, iterations: 1 }, undefined as never)).rejects.toThrow(
      'load(…, scenario) must be a function that gets { http, session, … }',
    )
  })

  test('faked timers', async () => {
    vi.useFakeTimers()
    const faked = load(undefined, { users: 1, iterations: 1 }, () => {})
    vi.useRealTimers()
    await expect(faked).rejects.toThrow('load() needs real timers')
  })

  test('an unknown request name, with the nearest known one', async () => {
    const { url } = await counting()
    const run = await load(url, { users: 1, iterations: 1 }, ({ http }) => http.get('/orders'))
    expect(() => run.request('GET /order')).toThrow(
      'run.request("GET /order") did not occur in this run; known: "GET /orders"; did you mean "GET /orders"?',
    )
  })
})

describe('a virtual user', () => {
  test('has its own state, random, cookies and connections, kept from iteration to iteration', async () => {
    const sockets = new Set<unknown>()
    const { url } = await serve((request, response) => {
      sockets.add(request.socket)
      const name = request.headers.cookie ?? `user=${request.url?.slice(1)}`
      response.setHeader('set-cookie', name).end(request.headers.cookie ?? 'none')
    })
    const seen: string[] = []
    await load(
      url,
      { users: 3, rampUp: 30, iterations: 9 },
      async ({ http, user, iteration, state }) => {
        state.turns = Number(state.turns ?? 0) + 1
        expect(state.turns).toBe(iteration + 1)
        const answer = await http.get(`/${user}`, { name: 'page' })
        seen.push(`${user}:${answer.text()}`)
        await after(20)
      },
    )
    expect(sockets.size).toBe(3)
    expect(new Set(seen)).toEqual(
      new Set(['0:none', '0:user=0', '1:none', '1:user=1', '2:none', '2:user=2']),
    )
  })

  test('draws the same numbers for the same seed', async () => {
    const draw = async (seed: number): Promise<number[]> => {
      const drawn: number[] = []
      await load(undefined, { users: 3, iterations: 3, seed }, async ({ user, random }) => {
        drawn[user] = random()
        await after(5)
      })
      return drawn
    }
    expect(await draw(5)).toEqual(await draw(5))
    expect(await draw(5)).not.toEqual(await draw(6))
  })

  test('pauses, and a pause ends with the run', async () => {
    const started = performance.now()
    await load(undefined, { users: 1, duration: 50, gracefulStop: 50 }, ({ pause }) => pause('10s'))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

test('a service that goes silent: the requests that hang are no failures, but late for any limit they passed', async () => {
  let answered = 0
  const { url } = await serve((_request, response) => {
    if (answered++ < 50) response.end('{}')
  })
  const options = { users: 5, duration: 300, gracefulStop: 200 }
  const run = await load(url, options, ({ http }) => http.get('/a'))
  const { ok, failed, outcomes, latency } = run.request('GET /a')
  expect([ok, failed, outcomes]).toEqual([50, 0, { ok: 50, cutOff: 5 }])
  expect(latency.cutOff.count).toBe(5)
  // They had the graceful stop at least; a timer may be a millisecond early.
  expect(latency.cutOff.min).toBeGreaterThanOrEqual(199)
})

test('a service that stops in mid-load ends nothing early: everything is classified', async () => {
  const { url, server } = await serve(async (_request, response) => {
    await after(20)
    response.end('{}')
  })
  setTimeout(() => {
    server.close()
    server.closeAllConnections()
  }, 150)
  const run = await load(url, { users: 5, duration: 400 }, async ({ http, pause }) => {
    await pause(5)
    await http.get('/a')
  })
  const { ok = 0, refused = 0, reset = 0, stale = 0, truncated = 0 } = run.outcomes
  expect(ok + refused + reset + stale + truncated).toBe(run.count)
  expect(ok).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
  expect(run.ending).toBe('complete')
})

test('concurrently runs so many times, so many at once', async () => {
  const { url, seen } = await counting(10)
  const run = await runConcurrently(
    { times: 25, limit: 5 },
    ({ http }) => http.get('/a'),
    loadEnvironment({ baseUrl: url }),
  )
  expect(seen).toMatchObject({ all: 25, most: 5 })
  expect(run.iterations.ok).toBe(25)
})

test('a run is plain data: JSON keeps everything but the look-ups', async () => {
  const run = await load(undefined, { users: 1, iterations: 2 }, async ({ metrics }) =>
    metrics.timing('step', 12),
  )
  const copy = JSON.parse(JSON.stringify(run)) as LoadRun
  expect(copy.iterations.ok).toBe(2)
  expect(run.metric('step')).toMatchObject({ kind: 'timing', values: { count: 2, mean: 12 } })
  expect(Object.isFrozen(run)).toBe(true)
})
