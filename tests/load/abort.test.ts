import { expect, test } from 'vitest'
import { AbortedError, assertNotAborted } from '../../src/load/aborted.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { warningsOf } from '../../src/report/run-facts.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { sendJson, serve } from '../support/servers.ts'

/** A load on a server that answers each request as `status` says of its time in ms and its number. */
async function loaded(
  options: LoadOptions,
  status: (at: number, nth: number) => number,
): Promise<LoadRun> {
  let first: number | undefined
  let nth = 0
  await using server = await serve((_, response) => {
    first ??= performance.now()
    const code = status(performance.now() - first, ++nth)
    setTimeout(() => sendJson(response, {}, code), 2)
  })
  const environment = loadEnvironment({ baseUrl: server.url })
  return await runLoad(options, ({ http }) => http.get('/'), environment)
}

const ABORT = { errorRate: '10%', for: '300ms' } as const

test.each([
  ['of users', { users: 4, duration: '20s', abort: ABORT }],
  ['of iterations', { users: 4, iterations: 1_000_000, abort: ABORT }],
  ['of a rate', { rate: 300, duration: '20s', abort: ABORT }],
] satisfies [string, LoadOptions][])(
  'a load %s stops when the service has broken',
  async (_, options) => {
    const run = await loaded(options, (at) => (at < 200 ? 200 : 503))
    expect(run.ending).toBe('aborted')
    expect(run.elapsed).toBeGreaterThan(300)
    expect(run.elapsed).toBeLessThan(15_000)
    expect(run.reason).toMatch(/^[\d.]+ % of requests failed over \d+ ms, limit 10 %$/)
    expect(run.failed).toBeGreaterThan(2)
    expect(run.ok).toBeGreaterThan(0)
  },
)

test('a service that never worked stops it in the ramp-up already', async () => {
  const run = await loaded({ users: 10, rampUp: '10s', duration: '10s', abort: ABORT }, () => 500)
  expect(run.ending).toBe('aborted')
  expect(run.phases.map(({ name }) => name)).toEqual(['ramp-up', 'graceful stop'])
  expect(run.count).toBe(0)
})

test.each([
  ['recovers in time', (_: number, nth: number) => (nth <= 30 ? 503 : 200)],
  ['never fails', () => 200],
])('a load goes on when the service %s', async (_, status) => {
  const abort = { ...ABORT, for: '2s' } as const
  const run = await loaded({ users: 4, duration: '2500ms', abort }, status)
  expect(run.ending).toBe('complete')
  expect(run.reason).toBeUndefined()
})

test('what hangs is cut off at once, without the graceful stop', async () => {
  await using server = await serve(({ url }, response) => {
    if (url === '/fails') sendJson(response, {}, 500)
  })
  const options = { users: 6, duration: '20s', gracefulStop: '20s', abort: ABORT } as const
  const run = await runLoad(
    options,
    async ({ http, user, pause }) => {
      await pause('2ms')
      await http.get(user === 0 ? '/fails' : '/hangs')
    },
    loadEnvironment({ baseUrl: server.url }),
  )
  expect(run.ending).toBe('aborted')
  expect(run.elapsed).toBeLessThan(15_000)
  expect(run.outcomes.cutOff).toBeGreaterThanOrEqual(5)
})

test('the test fails with an error that has the run, and the run file keeps why', async () => {
  const run = await loaded({ users: 4, duration: '20s', abort: ABORT }, () => 503)
  const told: LoadRun = { ...run, elapsed: 12_000, reason: '34 % of requests failed' }
  expect(messageOf(() => assertNotAborted(told))).toMatchInlineSnapshot(
    `"the load was aborted after 12 s: 34 % of requests failed"`,
  )
  expect(new AbortedError(told).run).toBe(told)
  const kept = fromRunRecord(toRunRecord(told))
  expect(kept).toMatchObject({ ending: 'aborted', reason: '34 % of requests failed' })
  expect(warningsOf(kept)[0]).toMatchInlineSnapshot(`"aborted after 12 s: 34 % of requests failed"`)
})
