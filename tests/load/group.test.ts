import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { serve } from '../support/servers.ts'

/** A load on a service that answers after 10 ms with the status that is its path. */
async function load(
  scenario: Scenario,
  options: LoadOptions = { users: 2, iterations: 6 },
): Promise<LoadRun> {
  await using server = await serve(async ({ url = '' }, response) => {
    await sleep(10)
    response.writeHead(Number(url.slice(1))).end('{}')
  })
  return await runLoad(options, scenario, loadEnvironment({ baseUrl: server.url }))
}

test('a group is timed from its start to the end of all that is in it, and gives what it gives', async () => {
  const run = await load(async ({ http, group }) => {
    const status = await group('checkout', async () => {
      await http.get('/200')
      await http.get('/204')
      return 'paid'
    })
    if (status !== 'paid') throw new Error('not paid')
  })
  const checkout = run.group('checkout')
  expect(checkout).toMatchObject({ kind: 'group', count: 6, ok: 6, failed: 0, successRate: 1 })
  expect(checkout.latency.min).toBeGreaterThanOrEqual(19)
  expect(run.iterations.ok).toBe(6)
})

test('it is in no figure of the run, and the requests in it keep their names', async () => {
  const run = await load(({ http, group }) => group('checkout', () => http.get('/200')))
  expect(run.requests.map(({ name, count }) => [name, count])).toEqual([['GET /{}', 6]])
  expect(run.count).toBe(6)
})

test('it fails when it throws, or when something in it failed', async () => {
  const run = await load(async ({ http, group, check }) => {
    await group('an answer', () => http.get('/503')).catch(() => {})
    await group('an error', () => Promise.reject(new Error('no stock'))).catch(() => {})
    await group('a failure that the scenario caught', async () => {
      await http.get('/503').catch(() => {})
    })
    await group('a check', () => check('is true', false))
  })
  expect(run.groups.map(({ name, outcomes }) => [name, outcomes])).toEqual([
    ['an answer', { status: 6 }],
    ['an error', { error: 6 }],
    ['a failure that the scenario caught', { error: 6 }],
    ['a check', { ok: 6 }],
  ])
})

test('groups within groups have the names of both, side by side too', async () => {
  const run = await load(async ({ http, group }) => {
    await group('shop', async () => {
      await group('browse', () => http.get('/200'))
      await Promise.all([
        group('pay', () => http.get('/200')),
        group('ship', () => group('label', () => http.get('/200'))),
      ])
    })
  })
  expect(run.groups.map(({ name }) => name)).toEqual([
    'shop',
    'shop › browse',
    'shop › pay',
    'shop › ship',
    'shop › ship › label',
  ])
  expect(() => run.group('pay')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: run.group("pay") did not occur in this run; known: "shop", "shop › browse", "shop › pay", "shop › ship", "shop › ship › label"; did you mean "shop › pay"?]`,
  )
})

test('in an open load a group that begins late counts from its intended start', async () => {
  const block: Scenario = ({ group, iteration, user }) =>
    group('work', () => {
      const until = performance.now() + (iteration === 0 && user === 0 ? 100 : 0)
      while (performance.now() < until);
    })
  const run = await load(block, { rate: '100/s', duration: '200ms', maxUsers: 50 })
  expect(run.group('work').latency.max).toBeGreaterThan(
    (run.group('work').service.p50 ?? Infinity) + 20,
  )
})

test('a phase has the groups and the checks that began in it', async () => {
  const options = { users: 1, warmUp: 60, duration: 60 }
  const run = await load(async ({ http, group, check }) => {
    check('holds', true)
    await group('visit', () => http.get('/200'))
  }, options)
  const warmUp = run.phase('warm-up')
  expect(warmUp.group('visit').count).toBeGreaterThan(0)
  expect(warmUp.check('holds').rate).toBe(1)
  expect(run.group('visit').count).toBe(run.request('GET /{}').count)
})

test('a mistake ends the load', async () => {
  await expect(load(({ group }) => group('', () => {}))).rejects.toThrow(
    'group(name, …) must be a name',
  )
})
