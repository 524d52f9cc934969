import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const LOADS = `
import { expect, test } from 'vitest-perf'

const options = { users: 2, iterations: 10 }
const scenario = ({ http }) => http.get('/', { name: 'root' })

test('met', async ({ load }) => {
  const run = await load({ ...options, limits: { p95: '5s', root: { errorRate: 0 } } }, scenario)
  expect(run).toMeetLimits()
})
test('missed', async ({ load }) => {
  const run = await load({ ...options, limits: { p95: { good: 1e-3, critical: 2e-3 } } }, scenario)
  expect(run).toMeetLimits()
})
test('forgotten', async ({ load }) => {
  await load({ ...options, limits: { p95: '5s' } }, scenario)
})
test('climbed for nothing', async ({ load }) => {
  await load({ steps: { by: 1, every: 200, upTo: 1 }, limits: { p50: '5s' } }, scenario)
})
test('mistaken', async ({ load }) => {
  await load({ ...options, limits: { p59: '5s', root: { errorRate: 5 } } }, () => console.log('traffic'))
})
`

test('limits of a load: judged by toMeetLimits(), checked before any traffic, never forgotten', async () => {
  const { options } = await withService()
  await using project = await vitestProject('limits', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'limits.perf.ts': LOADS,
  })
  const run = await project.run()
  expect(run.code, run.output).toBe(1)
  const errors = errorsIn(run.output).map((each) =>
    each.replaceAll(/[\d.,]+ (ms|times|s)/g, 'N $1'),
  )
  expect(errors.map((each) => each.split('\n').slice(0, 4).join('\n'))).toMatchInlineSnapshot(`
    [
      "Error: expect(run).toMeetLimits()

    1 of 1 limit missed
    p95 latency of all requests: N ms, N times the limit of N ms",
      "UsageError: a load was given limits that nothing judged: add expect(run).toMeetLimits()",
      "UsageError: a load climbed in steps and nothing asked how far: add expect(run.sustained.users).toBeGreaterThanOrEqual(50)",
      "UsageError: load.limits has 2 mistakes:
      - load.limits.p59 is no figure that has a limit; did you mean "p50"?
      - load.limits.root.errorRate must be a ratio from 0 to 1 or a string like '95%', got 5. Write '5%'",
    ]
  `)
  expect(run.output).not.toContain('traffic')
  const [file] = await project.runFiles()
  const [met] = file?.tests ?? []
  expect(met?.record.runs[0]?.limits).toEqual({ p95: '5s', root: { errorRate: 0 } })
  expect(met?.record.verdicts.map(({ subject, status }) => [subject, status])).toEqual([
    ['p95 latency of all requests', 'pass'],
    ['error rate of root', 'pass'],
  ])
}, 60_000)

test('a profile: the environment may say otherwise, and the summary tells what came from where', async () => {
  const { options } = await withService()
  await using project = await vitestProject('profile-overrides', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'profile.perf.ts': `
import { expect, profile, test } from 'vitest-perf'
test('smoke', async ({ load }) => {
  const run = await load(profile('smoke'), ({ http, pause }) => http.get('/').then(() => pause(20)))
  expect(run).toHaveSuccessRateAbove('100%')
})`,
  })
  const env = {
    PERF_USERS: '3',
    PERF_SPAWN_RATE: '100',
    PERF_DURATION: '300ms',
    PERF_SEED: '5',
    PERF_TIMEOUT: '10s',
  }
  const run = await project.run([], { env })
  expect(run.code, run.output).toBe(0)
  expect(run.output).toContain('profile smoke, PERF_USERS 3')
  const [file] = await project.runFiles()
  expect(file?.tests[0]?.record.runs[0]).toMatchObject({
    shape: { users: 3, rampUp: 30, duration: 300 },
    source:
      'profile smoke, PERF_USERS 3, PERF_SPAWN_RATE 100/s, PERF_DURATION 300 ms, PERF_SEED 5, PERF_TIMEOUT 10 s',
  })
  const wrong = await project.run([], { env: { PERF_PROFILE: 'smok', PERF_SCALE: '10%' } })
  expect(errorsIn(wrong.output)).toEqual([
    'UsageError: PERF_SCALE must be a number above 0, like 0.1, got "10%"',
  ])
}, 60_000)
