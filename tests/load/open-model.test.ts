import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { serve, serveTcp, type TestServer } from '../support/servers.ts'

expect.extend(perfMatchers)

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'

const load = (
  server: TestServer | undefined,
  options: LoadOptions,
  scenario: Scenario = ({ http }) => http.get('/a'),
  signal?: AbortSignal,
): Promise<LoadRun> => {
  const environment = { baseUrl: server?.url, ...(signal !== undefined && { signal }) }
  return runLoad(options, scenario, loadEnvironment(environment))
}

/** Answers each request so long after it came; the least server there is, to leave the core to the load. */
const answering = (delay: () => number): Promise<TestServer> =>
  serveTcp((socket) => {
    socket.on('data', () => {
      const wait = delay()
      if (wait <= 0) socket.write(ANSWER)
      else setTimeout(() => socket.write(ANSWER), wait)
    })
  })

/** From its first request on, answers at once but for a stretch, at whose end it answers all that came in it. */
function holding(from: number, until: number): Promise<TestServer> {
  let first: number | undefined
  return answering(() => {
    const into = performance.now() - (first ??= performance.now())
    return into >= from && into < until ? until - into : 0
  })
}

const off = (value: number | undefined, expected: number): number =>
  Math.abs((value ?? Number.NaN) / expected - 1)

// 2 % of 1,000 ms is what a machine that is busy at that very moment takes away: then once more.
const GOLDEN = { timeout: 60_000, retry: 2 }

describe('golden cases', () => {
  test(
    'a server that holds everything for 2 s of 10 s is as slow as the closed form says',
    GOLDEN,
    async () => {
      // A fifth of the arrivals wait, evenly from 0 to 2 s: the p90 is in the middle of them.
      await using server = await holding(4_000, 6_000)
      const options = { rate: '200/s', warmUp: '1s', duration: '10s', maxUsers: 500 } as const
      const run = await load(server, options)
      expect(run.arrivals).toMatchObject({ intended: 2_000, started: 2_000, dropped: 0 })
      const { latency } = run.request('GET /a')
      expect(latency.count).toBe(2_000)
      expect(off(latency.p90, 1_000)).toBeLessThan(0.02)
      expect(off(latency.p95, 1_500)).toBeLessThan(0.02)
      expect(off(latency.p99, 1_900)).toBeLessThan(0.02)
    },
  )

  test('a closed load of few users would have hidden it: each of them waits once', async () => {
    await using server = await holding(500, 1_000)
    const run = await load(server, { users: 2, duration: '1.5s' })
    expect(run.request('GET /a').latency.p95).toBeLessThan(100)
  })

  test('a server that always takes 100 ms takes 100 ms, and no sample is made up', async () => {
    let asked = 0
    await using server = await answering(() => ((asked += 1), 100))
    const run = await load(server, { rate: '100/s', duration: '2s' })
    const { latency, service, ok } = run.request('GET /a')
    expect([ok, latency.count, service.count, asked]).toEqual([200, 200, 200, 200])
    expect(latency.p50).toBeGreaterThanOrEqual(99)
    expect(latency.p50).toBeLessThan(130)
  })

  test('a service too slow for the users drops arrivals, and they fail a percentile limit', async () => {
    // Ten users at 100 ms are 100/s; a little more is asked, so that few are dropped.
    await using server = await answering(() => 100)
    const run = await load(server, { rate: '120/s', duration: '2s', maxUsers: 10 })
    const { intended, started, dropped } = run.arrivals ?? { intended: 0, started: 0, dropped: 0 }
    expect([intended, started + dropped]).toEqual([240, 240])
    expect(dropped).toBeGreaterThan(10)
    expect(run.request('GET /a').latency).toMatchObject({ count: started, failed: 0, dropped })
    expect(run.iterations.latency.dropped).toBe(dropped)
    expect(run.failed).toBe(0)
    expect(messageOf(() => expect(run).toHaveP99Below('10s'))).toMatch(
      /[^]*more for arrivals that were dropped: infinitely slow/,
    )
    expect(run).toHavePercentileBelow(99, '10s', { of: 'successes' })
  })
})

describe('latency counts from the intended start', () => {
  test('a process that was held up was slow, not the service', async () => {
    await using server = await answering(() => 0)
    let held = false
    const run = await load(server, { rate: '100/s', duration: '1s' }, async ({ http }) => {
      if (!held && (held = true)) {
        const until = performance.now() + 300
        while (performance.now() < until);
      }
      await http.get('/a')
    })
    const { arrivals, latency, service, iterations } = run
    expect(arrivals).toMatchObject({ started: 100, dropped: 0 })
    expect(arrivals?.late).toBeGreaterThan(20)
    expect(arrivals?.lag.max).toBeGreaterThan(250)
    expect(latency.max).toBeGreaterThan(250)
    expect(service.p90).toBeLessThan(latency.p90 ?? 0)
    expect(iterations.latency.max).toBeGreaterThan(250)
  })

  test('only the first call of an iteration is late with it, also after a pause', async () => {
    await using server = await answering(() => 0)
    let first = true
    const run = await load(server, { rate: '5/s', duration: '1s' }, async ({ http, pause }) => {
      if (first) {
        first = false
        const until = performance.now() + 500
        while (performance.now() < until);
      }
      await pause(100)
      await http.get('/first')
      await http.get('/second')
    })
    // The arrivals at 200 and 400 ms were late by 300 and 100.
    const [one, two] = [run.request('GET /first').latency, run.request('GET /second').latency]
    expect(one.max).toBeGreaterThan(280)
    expect(one.max).toBeLessThan(450)
    expect(two.max).toBeLessThan(100)
  })
})

describe('users', () => {
  test('are connected ahead, and the one that was busy last is taken first', async () => {
    await using server = await answering(() => 1)
    const users = new Set<number>()
    const options = { rate: '50/s', duration: '1s', preAllocated: 20 } as const
    const run = await load(server, options, async ({ http, user }) => {
      users.add(user)
      await http.get('/a')
    })
    // One more knocked before the load.
    expect([server.accepted, run.ok]).toEqual([21, 50])
    expect(users.size).toBeLessThan(10)
    await server.emptied()
  })

  test.each(['shared', 'perRequest'] as const)('connect as %s, too', async (connection) => {
    await using server = await answering(() => 1)
    const run = await load(server, { rate: '50/s', duration: '500ms', connection })
    expect(run).toMatchObject({ ok: 25, failed: 0 })
    await server.emptied()
  })

  test('keep their state from arrival to arrival', async () => {
    const turns: unknown[] = []
    const run = await load(
      undefined,
      { rate: '50/s', duration: '200ms', maxUsers: 1 },
      ({ state, iteration }) => {
        state.turns = Number(state.turns ?? 0) + 1
        turns.push([iteration, state.turns])
      },
    )
    // Two that a busy machine starts together find the only user busy.
    const { started = 0 } = run.arrivals ?? {}
    expect(started).toBeGreaterThan(2)
    expect(turns).toEqual(Array.from({ length: started }, (_, at) => [at, at + 1]))
  })
})

describe('the end', () => {
  test('waits for what is under way, and cuts off what outlasts the graceful stop', async () => {
    await using server = await serve(() => {})
    const options = { rate: '20/s', duration: '500ms', gracefulStop: '100ms' } as const
    const run = await load(server, options)
    expect(run).toMatchObject({ ending: 'complete', ok: 0, aborted: 10 })
    expect(run.arrivals).toMatchObject({ intended: 10, started: 10, dropped: 0 })
    expect(Math.abs(run.elapsed - 600)).toBeLessThan(200)
    await server.emptied()
  })

  test('comes early when the test aborts; only arrivals that were due are counted', async () => {
    await using server = await answering(() => 5)
    const control = new AbortController()
    setTimeout(() => control.abort(), 500)
    const run = await load(server, { rate: '100/s', duration: '1m' }, undefined, control.signal)
    expect(run.ending).toBe('interrupted')
    const { intended = 0, started } = run.arrivals ?? {}
    expect(intended).toBe(started)
    expect(Math.abs(intended - 50)).toBeLessThan(20)
    await server.emptied()
  })

  test('leaves a scenario behind that never ends', async () => {
    const options = { rate: '20/s', duration: '100ms', gracefulStop: '50ms' } as const
    const run = await load(undefined, options, () => new Promise(() => {}))
    expect(run.ending).toBe('complete')
  })

  test('comes at once for a mistake in the scenario', async () => {
    const mistaken = load(undefined, { rate: '20/s', duration: '1m' }, ({ http }) => http.get('/'))
    await expect(mistaken).rejects.toThrow(UsageError)
    await expect(mistaken).rejects.toThrow('http does not know which service to call')
  })

  test('comes at once when the scenario does not wait for its calls', async () => {
    await using server = await serve(() => {})
    const piling = load(server, { rate: '50/s', duration: '1m', maxUsers: 1 }, ({ http }) => {
      for (let call = 0; call < 100; call++) void http.get('/')
    })
    await expect(piling).rejects.toThrow('the scenario does not wait for its calls')
  })
})

test('errors end their iteration, are counted, and stop no other', async () => {
  const run = await load(undefined, { rate: '50/s', duration: '200ms' }, async ({ metrics }) => {
    metrics.count('begun')
    await sleep(1)
    throw new TypeError('not today')
  })
  expect(run.iterations).toMatchObject({ count: 10, failed: 10 })
  expect(run.metric('begun')).toMatchObject({ total: 10 })
  expect(run.errors[0]).toMatchObject({ count: 10, message: 'TypeError: not today' })
})

test('an arrival belongs to the phase that its time lies in', async () => {
  const options = { rate: '100/s', rampUp: '400ms', warmUp: '200ms', duration: '500ms' } as const
  const run = await load(undefined, options, () => sleep(2))
  const started = run.phases.map(({ name, summary }) => [name, summary.arrivals?.started])
  expect(started).toEqual([
    ['ramp-up', 20],
    ['warm-up', 20],
    ['graceful stop', 0],
  ])
  expect(run.arrivals?.started).toBe(50)
  expect(run.duration).toBeCloseTo(500, 6)
})

test('stages are run, by chance too: the seed decides', async () => {
  const starts = async (seed: number): Promise<number | undefined> => {
    const stages = [
      { rate: '100/s', duration: '300ms' },
      { rate: '20/s', duration: '300ms' },
    ] as const
    const options = { stages, startRate: 0, arrivals: 'poisson', seed } as const
    const run = await load(undefined, options, () => {})
    return run.arrivals?.intended
  }
  const [one, again, other] = [await starts(3), await starts(3), await starts(4)]
  expect(one).toBe(again)
  expect(one).not.toBe(other)
})

describe('a load that is not delivered', () => {
  test('is an error of its own: less than 95 % of the arrivals were started', async () => {
    await using server = await answering(() => 200)
    const run = await load(server, { rate: '100/s', duration: '1s', maxUsers: 5 })
    expect(
      messageOf(() => void assertDelivered(run)).replaceAll(/\d\d(\.\d+)?/g, '…'),
    ).toMatchInlineSnapshot(
      `"the load was not delivered: … of …0 arrivals (… %) were started, … dropped, since all of 5 users were busy. Find out what is slow, ask for a lower rate, or allow more with maxUsers"`,
    )
  })

  test('with 95 % it is one, and limits judge it', async () => {
    const run = await load(undefined, { rate: '100/s', duration: '500ms' }, () => sleep(1))
    expect(assertDelivered(run)).toBe(run)
  })
})

describe('a ramp-down of arrivals', () => {
  const options = { rate: '100/s', rampUp: '200ms', duration: '300ms', rampDown: '400ms' } as const

  test('is a phase of its own, in which the rate declines to 0', async () => {
    const run = await load(undefined, options, () => sleep(2))
    const started = run.phases.map(({ name, summary }) => [name, summary.arrivals?.started])
    expect(started).toEqual([
      ['ramp-up', 10],
      ['ramp-down', 20],
      ['graceful stop', 0],
    ])
    expect(run.arrivals?.started).toBe(30)
  })

  test("is judged with judge: 'all', as the ramp-up is", async () => {
    const run = await load(undefined, { ...options, judge: 'all' }, () => sleep(2))
    expect(run.phases.map(({ name }) => name)).toEqual(['graceful stop'])
    expect(run.arrivals?.started).toBe(60)
    expect(run.duration).toBeCloseTo(900, 6)
  })
})
