import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import type { ClosedPlan } from '../../src/load/closed-options.ts'
import { toLoadRun, type LoadRun } from '../../src/load/load-run.ts'
import { planLoad, type LoadOptions } from '../../src/load/options.ts'
import { profile } from '../../src/load/profile-reference.ts'
import { resolveProfile } from '../../src/load/profiles.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { sendJson, serve } from '../support/servers.ts'

const planned = (options: LoadOptions): ClosedPlan =>
  planLoad(options, DEFAULT_TIMEOUTS) as ClosedPlan

describe('the numbers of users', () => {
  test.each([
    [{ by: 10, every: '1s', upTo: 30 }, [10, 20, 30]],
    [{ from: 5, by: 10, every: '1s', upTo: 30 }, [5, 15, 25]],
    [{ from: 2, by: 1, every: '1s', upTo: 2 }, [2]],
  ] as const)('%j', (steps, users) => {
    const plan = planned({ steps })
    expect(plan.steps).toEqual({ users, every: 1_000 })
    expect(plan.users).toBe(users.at(-1))
    expect(plan.duration).toBe(users.length * 1_000)
  })

  test('of the built-in profile go up to 500, ten more every 30 s', () => {
    const { options } = resolveProfile(profile('ramp-up'), {})
    const { steps } = planned(options)
    expect(steps?.users).toHaveLength(50)
    expect(steps?.users.slice(0, 2)).toEqual([10, 20])
    expect(steps?.every).toBe(30_000)
  })

  test('are what the environment says', () => {
    const { options } = resolveProfile(
      profile('ramp-up'),
      {},
      { users: 50, duration: 1_000, scale: 0.2 },
    )
    expect(options).toEqual({ steps: { by: 2, every: 1_000, upTo: 10 } })
    const spawning = (): unknown => resolveProfile(profile('ramp-up'), {}, { spawnRate: 5 })
    expect(messageOf(spawning)).toMatchInlineSnapshot(
      `"PERF_SPAWN_RATE has no meaning for a profile with steps, which say how fast: set PERF_USERS, the most at once, or PERF_SCALE"`,
    )
  })
})

/** A server that holds each answer as long as there are requests beside it, and may fail them. */
async function climbed(
  options: Partial<LoadOptions>,
  { hold = 0, failFrom = Infinity } = {},
  signal?: AbortSignal,
): Promise<LoadRun> {
  let open = 0
  await using server = await serve(async (_, response) => {
    const beside = ++open
    await new Promise((resolve) => setTimeout(resolve, 5 + hold * beside))
    open--
    sendJson(response, {}, beside >= failFrom ? 503 : 200)
  })
  const all = { steps: { by: 2, every: '400ms', upTo: 8 }, ...options } as LoadOptions
  const environment = loadEnvironment({ baseUrl: server.url, ...(signal && { signal }) })
  return await runLoad(all, ({ http }) => http.get('/', { tags: ['read'] }), environment)
}

describe('a load that climbs', () => {
  test('stops at the first step that misses the limits', async () => {
    const run = await climbed({ limits: { errorRate: '1%' } }, { failFrom: 5 })
    expect(run.steps?.map(({ users, status }) => [users, status])).toEqual([
      [2, 'met'],
      [4, 'met'],
      [6, 'missed'],
    ])
    expect(run.sustained).toMatchObject({ users: 4, step: { users: 4, status: 'met' } })
    expect(run.sustained.users).toBeGreaterThanOrEqual(4)
    expect(run.steps?.at(-1)?.verdicts).toMatchObject([
      { subject: 'error rate of all requests', status: 'fail', limit: 0.01, unit: 'ratio' },
    ])
    expect(run.ending).toBe('complete')
    expect(assertDelivered(run)).toBe(run)
    // The steps are the whole run, each request in one of them.
    expect(run.steps?.reduce((sum, { count }) => sum + count, 0)).toBe(
      run.count + run.phases.reduce((sum, { summary }) => sum + summary.count, 0),
    )
  })

  test('judges by every kind of limit, groups and tags', async () => {
    const limits = {
      '#read': { p50: '200ms' },
      'GET *': { mean: '10s', throughput: '1/s' },
    } as const
    const run = await climbed({ limits }, { hold: 60 })
    const [first] = run.steps ?? []
    expect(first?.verdicts.map(({ subject }) => subject)).toEqual([
      'p50 latency of #read',
      'mean latency of GET /',
      'throughput of GET /',
    ])
    const broken = run.steps?.at(-1)
    expect(broken?.status).toBe('missed')
    expect(broken?.verdicts.find(({ status }) => status === 'fail')?.metric).toBe('p50')
    expect(run.sustained.users).toBeLessThan(broken?.users ?? 0)
  })

  test('ends with its last step when nothing breaks', async () => {
    const run = await climbed({ limits: { errorRate: '1%' } })
    expect(run.steps?.map(({ users }) => users)).toEqual([2, 4, 6, 8])
    expect(run.steps?.every(({ status }) => status === 'met')).toBe(true)
    expect(run.sustained.users).toBe(8)
  })

  test('sustains none when the first step breaks', async () => {
    const run = await climbed({ limits: { p95: '0ms' } })
    expect(run.steps).toHaveLength(1)
    expect(run.sustained).toEqual({ users: 0, step: undefined })
  })

  test('breaks when nothing is answered, and when a limited request does not occur', async () => {
    const silent = { limits: { p95: '10s' }, gracefulStop: '10ms' } as const
    expect((await climbed(silent, { hold: 100_000 })).sustained.users).toBe(0)
    expect((await climbed({ limits: { 'GET /never': { p95: '10s' } } })).sustained.users).toBe(0)
  })

  test('counts what the test calls wrong, and iterations that fail by themselves', async () => {
    await using server = await serve((_, response) => sendJson(response, {}))
    const options = {
      steps: { by: 1, every: '200ms', upTo: 2 },
      limits: { errorRate: '1%' },
    } as const
    const environment = loadEnvironment({ baseUrl: server.url })
    const called = await runLoad(
      options,
      async ({ http }) => (await http.get('/')).fail('no'),
      environment,
    )
    expect(called.steps?.[0]).toMatchObject({ status: 'missed', errorRate: 1 })
    const own = await runLoad(
      options,
      async ({ http }) => {
        await http.get('/')
        throw new Error('no')
      },
      environment,
    )
    expect(own.steps?.[0]).toMatchObject({ status: 'missed', errorRate: 0.5 })
  })

  test('does not judge a step that it was interrupted in', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 600)
    const run = await climbed({ limits: { errorRate: '1%' } }, {}, controller.signal)
    expect(run.steps?.map(({ status }) => status)).toEqual(['met', 'unfinished'])
    expect(run.sustained.users).toBe(2)
  })

  test('is kept in the run file, and asks for no judgement of the whole', async () => {
    const run = await climbed({ limits: { errorRate: '1%' } }, { failFrom: 3 })
    expect(run.limits).toBeUndefined()
    const kept = toLoadRun({ ...fromRunRecord(toRunRecord(run)), generator: run.generator })
    expect(kept.sustained.users).toBe(2)
    expect(kept.steps?.map(({ status }) => status)).toEqual(['met', 'missed'])
  })
})

describe('mistakes', () => {
  test.each([
    { steps: { by: 0, every: '1s', upTo: 5, until: 3 } },
    { steps: { by: 1, every: 0, upTo: 5 } },
    { steps: { from: 10, by: 1, every: '1s', upTo: 5 } },
    { steps: { by: 1, every: '1s', upTo: 5_000 } },
    { steps: 5 },
    { steps: { by: 1, every: '1s', upTo: 5 }, users: 5, duration: '1m', rate: 5, judge: 'all' },
    { steps: { by: 1, every: '1s', upTo: 5 }, limits: { memory: { growth: '1MB' } } },
  ])('%j', (options) => expect(messageOf(() => planned(options as never))).toMatchSnapshot())

  test('steps without limits', async () => {
    await expect(climbed({})).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: load.steps climb until a step misses the limits, and there are none: add limits: { p95: '300ms', errorRate: '1%' }]`,
    )
  })

  test('a load that does not climb sustained nothing', async () => {
    const run = await runLoad({ users: 1, iterations: 1 }, () => {}, loadEnvironment())
    expect(messageOf(() => run.sustained)).toMatchInlineSnapshot(
      `"run.sustained is of a load that climbs: load({ steps: { by: 10, every, upTo }, limits })"`,
    )
  })
})
