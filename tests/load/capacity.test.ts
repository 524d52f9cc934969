import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../src/load/capacity.ts'
import type { CapacityOptions } from '../../src/load/capacity-options.ts'
import { intervalOf, nextStep, type Outcome } from '../../src/load/capacity-search.ts'
import { runCapacity } from '../../src/load/run-capacity.ts'
import type { Tick } from '../../src/load/tick.ts'
import type { UserContext } from '../../src/load/user-context.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { sendJson, serve, type TestServer } from '../support/servers.ts'
import { exponential, openRun, takeWorker, type Queue } from './queue.ts'

expect.extend(perfMatchers)

/** 100 a second. */
const LIMIT = 100
const QUEUES: readonly (readonly [string, Queue])[] = [
  [
    'a reckoned queue of 4 workers, exponential times (D/M/4)',
    { workers: 4, mean: 40, spread: exponential },
  ],
  [
    'a reckoned queue of 4 workers, times within a half (D/G/4)',
    { workers: 4, mean: 40, spread: (r) => 0.5 + r() },
  ],
  [
    'a reckoned queue of 1 worker, all times alike (D/D/1)',
    { workers: 1, mean: 10, spread: () => 1 },
  ],
]

test.each(QUEUES)('the limit is found within 10 %%: %s', { timeout: 60_000 }, (_, queue) => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = seededRandom(seed)
    const outcomes: Outcome[] = []
    const spec = { from: 10, to: 1_000, within: 0.05, confirm: 3, whole: false }
    for (;;) {
      const step = nextStep(outcomes, spec)
      if (step.kind === 'end') break
      const load = { rate: step.load, settle: 2_000, duration: 10_000 }
      const { flow, p95 } = openRun(queue, load, random)
      const outcome = p95 <= 1_000 && flow.lagging <= 0.02 ? 'met' : 'missed'
      outcomes.push({ load: step.load, outcome })
    }
    const { lower, upper = Infinity } = intervalOf(outcomes)
    expect(Math.abs(Math.sqrt(lower * upper) / LIMIT - 1)).toBeLessThan(0.1)
  }
})

/**
 * A service of so many workers. When each is free again is reckoned, so that a timer that is late makes one
 * answer late and takes nothing off what the service can do.
 */
function served({ workers, mean, spread }: Queue): Promise<TestServer> {
  const random = seededRandom(5)
  const free = Array.from({ length: workers }, () => 0)
  return serve((_, response) => {
    const now = performance.now()
    const ends = takeWorker(free, now, mean * spread(random))
    setTimeout(() => sendJson(response, {}), ends - now)
  })
}

const find = (
  options: unknown,
  environment: Partial<Parameters<typeof runCapacity>[2]> = {},
  scenario: (user: UserContext) => unknown = ({ http }) => http.get('/'),
): Promise<Capacity> => runCapacity(options, scenario, { ...loadEnvironment(), ...environment })

const near = (capacity: Capacity): number => Math.abs((capacity.value ?? Infinity) / LIMIT - 1)

describe('of a real service', { timeout: 120_000 }, () => {
  test('the known rate is found within 10 %', async () => {
    await using server = await served({ workers: 3, mean: 30, spread: (r) => 0.75 + r() / 2 })
    const ticks: Tick[] = []
    const capacity = await find(
      {
        slo: { p95: '1s', errorRate: '1%' },
        from: '80/s',
        to: '240/s',
        step: '1500ms',
        settle: '200ms',
        within: '10%',
        confirm: 2,
      },
      { baseUrl: server.url, tell: (tick) => void ticks.push(tick) },
    )
    expect(capacity).toMatchObject({ kind: 'capacity', of: 'rate', ending: 'found' })
    expect(near(capacity)).toBeLessThan(0.1)
    expect(capacity.confidence).toEqual({ lower: 0.75, upper: 0.75 })
    expect(capacity).toSustain('70/s')
    expect(() => expect(capacity).toSustain('120/s')).toThrow('sustained rate')

    const loads = capacity.curve.map(({ load }) => load)
    expect(loads).toEqual(loads.toSorted((left, right) => left - right))
    const [least] = capacity.curve
    expect(least?.throughput).toBeGreaterThan(50)
    // What comes out is bounded by what the service can do.
    for (const { throughput } of capacity.curve) expect(throughput).toBeLessThan(150)
    expect(ticks.map(({ part }) => part)).toContain('climbing, 80/s (run 1)')
    expect(ticks.at(-1)?.over).toBe(true)
  })

  test('the known number of users is found', async () => {
    // Each user waits for all others: so many users take 10 ms each in all.
    await using server = await served({ workers: 1, mean: 10, spread: () => 1 })
    const options = {
      slo: { p95: '210ms' },
      from: 8,
      to: 32,
      step: '700ms',
      settle: '350ms',
      within: '10%',
      confirm: 1,
    }
    const capacity = await find(options, { baseUrl: server.url })
    expect(capacity).toMatchObject({ of: 'users', ending: 'found' })
    // 20 users; timers that are late take some off.
    expect(capacity.value).toBeGreaterThan(11)
    expect(capacity.value).toBeLessThan(22.5)
    expect(capacity).toSustain(8)
    expect(capacity.curve.map(({ load }) => load)).toContain(capacity.knee)
    expect(capacity.curve.length >= 4).toBe(capacity.law !== undefined)
  })

  test('errors break a load as well, and what was missed is said', async () => {
    let open = 0
    await using server = await serve((_, response) => {
      const status = ++open > 5 ? 503 : 200
      setTimeout(() => {
        open--
        sendJson(response, {}, status)
      }, 80)
    })
    const options = { ...QUICK, step: '400ms', slo: { errorRate: '1%' }, from: 2, to: 8 }
    const capacity = await find(options, { baseUrl: server.url })
    expect(capacity).toMatchObject({ lower: 5, upper: 6, ending: 'found' })
    const missed = capacity.trials.find(({ outcome }) => outcome === 'missed')
    expect(missed?.reason).toMatch(/^error rate of all requests [\d.]+ %, limit 1 %$/)
    expect(() => expect(capacity).toSustain(6)).toThrow('sustained users: 5 users')
  })

  test('a load that nothing misses has no upper end, one that all miss has no lower', async () => {
    await using server = await serve((_, response) => sendJson(response, {}))
    const all = await find(
      { ...QUICK, slo: { p95: '10s' }, from: 1, to: 3 },
      { baseUrl: server.url },
    )
    expect(all).toMatchObject({ ending: 'to', lower: 3, upper: undefined, value: undefined })
    expect(all).toSustain(3)
    const none = await find({ ...QUICK, slo: { p95: 0 }, from: 1, to: 3 }, { baseUrl: server.url })
    expect(none).toMatchObject({ ending: 'from', lower: 0, upper: 1, value: undefined })
    expect(() => expect(none).toSustain(1)).toThrow('search from a lower one')
  })

  test('what was found is kept when its test is given up', async () => {
    await using server = await serve((_, response) => sendJson(response, {}))
    const giveUp = new AbortController()
    const tell = ({ part = '' }: Tick): void => {
      if (part.endsWith('(run 3)')) giveUp.abort()
    }
    const options = { ...QUICK, slo: { p95: '10s' }, from: 1, to: 64 }
    const environment = { baseUrl: server.url, signal: giveUp.signal, tell }
    const capacity = await find(options, environment)
    expect(capacity).toMatchObject({ ending: 'interrupted', lower: 2 })
    expect(capacity.trials).toHaveLength(2)
  })

  test('a limit of a request that does not occur is a mistake', async () => {
    await using server = await serve((_, response) => sendJson(response, {}))
    const kept: Capacity[] = []
    const options = { ...QUICK, slo: { 'GET /a': { p95: '1s' } }, from: 1, to: 4 }
    const environment = {
      baseUrl: server.url,
      keepCapacity: (capacity: Capacity) => void kept.push(capacity),
    }
    await expect(find(options, environment)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: load.findCapacity.slo["GET /a"].p95: "GET /a" did not occur in a run of the search; known: "GET /"; did you mean "GET /"?]`,
    )
    expect(kept).toEqual([])
  })
})

const QUICK = {
  step: '200ms',
  settle: '50ms',
  confirm: 1,
} as const satisfies Partial<CapacityOptions>

describe('mistakes are told before any traffic', () => {
  test.each([
    ['no options', undefined],
    ['nothing said', {}],
    ['a rate and a number', { slo: { p95: '1s' }, from: '10/s', to: 100 }],
    ['users and a rate', { slo: { p95: '1s' }, from: 10, to: '100/s' }],
    ['the wrong way round', { slo: { p95: '1s' }, from: 10, to: 5 }],
    [
      'of another kind',
      { slo: { p95: '1s' }, from: 1, to: 5, maxUsers: 5, limits: {}, duration: 1 },
    ],
    [
      'of no precision',
      { slo: { p95: '1s' }, from: 1, to: 5, within: '0.1%', confirm: 0, step: 5 },
    ],
    ['of the service', { slo: { memory: { growth: '1MB' } }, from: 1, to: 5 }],
  ])('%s', async (_, options) => {
    const ended = find(options).then(
      () => 'no mistake',
      (error: unknown) => (error as Error).message,
    )
    expect(await ended).toMatchSnapshot()
  })
})
