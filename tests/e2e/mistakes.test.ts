import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const NOTHING = `import { test } from 'vitest-perf'\ntest('nothing', () => console.log('ran'))`

/** A perf test for each mistake: its name is the mistake, its body makes it. */
const MISTAKES = `
import { test as plain } from 'vitest'
import { defineSession, expect, profile, test, usePerf, withPerf } from 'vitest-perf'

const short = { users: 1, iterations: 1 }

test('a limit without a unit', async ({ load }) => {
  const run = await load(short, ({ http }) => http.get('/'))
  expect(run.request('GET /')).toHaveP95Below('300')
})
test('options without units, negative users and an unknown one', async ({ load }) => {
  await load({ users: -5, duration: '30', rampup: '5s' }, () => {})
})
test('an unknown profile', ({ load }) => load(profile('smok'), () => {}))
test('a matcher on the wrong value', async ({ http }) => {
  const answer = await http.get('/')
  expect(answer).toHaveP95Below('300ms')
})
test('a matcher on a promise', ({ load }) => {
  expect(load(short, () => {})).toHaveSuccessRateAbove('99%')
})
test('an unknown request', async ({ load }) => {
  const run = await load(short, ({ http }) => http.get('/', { name: 'chat' }))
  expect(run.request('chatt')).toHaveP95Below('300ms')
})
test('a load under a load', ({ load }) => load(short, () => load(short, () => {})))
test("the test's own client in a scenario", ({ load, http }) => load(short, () => http.get('/')))
test('nothing measured', async ({ load }) => {
  const run = await load(short, ({ http }) => http.get('/'))
  expect(run.ttft).not.toHaveP95Below('5s')
})
test('a load that is not awaited', ({ load }) => void load({ users: 1, duration: '30s' }, ({ pause }) => pause(5)))
test('no session', ({ session }) => session.chat('hello'))

const theirs = plain.extend({ http: async ({}, use) => use('their client') })
test('a fixture of theirs', () => void withPerf(theirs))
`

describe('a mistake is one clear error', { timeout: 60_000 }, () => {
  test('all those of perf() at once, before anything runs', async () => {
    await using project = await vitestProject('mistakes-options', {
      'vitest.config.ts': config(
        `includ: '**/*.perf.ts', baseUrl: 'localhost:80', timeout: '5', profiles: { big: { users: -1, duration: '1m' } }, server: { comand: 'npm start', ready: '/health' }`,
      ),
      'a.perf.ts': NOTHING,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(run.output).not.toContain('ran')
    expect(errorsIn(run.output).join('\n')).toMatchInlineSnapshot(`
      "UsageError: perf has 5 mistakes:
        - perf.includ is not an option; known: "include", "baseUrl", "wsUrl", "server", "session", "profiles", "timeout", "tls", "http", "verdict", "redact", "report", "dashboard"; did you mean "include"?
        - perf.baseUrl must be a URL like 'http://127.0.0.1:8080', got "localhost:80"
        - perf.server has 2 mistakes:
          - perf.server.comand is no option (known: "command", "ready", "cwd", "env", "name", "inspect", "startTimeout", "stopTimeout"; did you mean "command"?)
          - perf.server.command must be a command like 'npm start'
        - perf.timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'
        - perf.profiles.big.users must be a whole number of at least 1, got -1"
    `)
  })

  test('in a perf test', async () => {
    const { options } = await withService()
    await using project = await vitestProject('mistakes-tests', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'mistakes.perf.ts': MISTAKES,
      'beside.perf.ts': `import { usePerf } from 'vitest-perf'\nusePerf()`,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(errorsIn(run.output).join('\n\n')).toMatchInlineSnapshot(`
      "UsageError: usePerf() works inside a test: call it in the body of test(…), not beside it

      UsageError: toHaveP95Below(limit) must be milliseconds or a string like '250ms', '1.5s', '2m', got "300". Write the unit: '300ms', '300s', '300m', '300h'

      UsageError: load has 3 mistakes:
        - load.rampup is not an option; known: "users", "rate", "stages", "steps", "startUsers", "startRate", "maxUsers", "preAllocated", "arrivals", "duration", "rampUp", "spawnRate" and 18 more; did you mean "rampUp"?
        - load.users must be a whole number of at least 1, got -5
        - load.duration must be milliseconds or a string like '250ms', '1.5s', '2m', got "30". Write the unit: '30ms', '30s', '30m', '30h'

      UsageError: profile("smok") is not a profile; did you mean "smoke"? Known:
        smoke: does it work at all? 10 users, 2 more each second, for 1 min
        load: a busy day: 100 users, 10 more each second, for 5 min
        stress: more than it is built for: 500 users, 50 more each second, for 10 min
        spike: a sudden rush: 1,000 users, 200 more each second, for 3 min
        light: development: 10 users, 1 more each second, for 1 min
        medium: a regular check: 20 users, 2 more each second, for 5 min
        heavy: before a release: 50 users, 5 more each second, for 10 min
        endurance: leaks and slow decay: 50 users, 1 more each second, for 30 min
        soak: the same as endurance
        ramp-up: how much it can take: 10 users, 10 more every 30 s, up to 500, until limits break

      UsageError: toHaveP95Below takes a run, a request (run.request(name)), the iterations (run.iterations), a distribution (run.ttft), a timing metric or a bench result, got an Answer

      UsageError: toHaveSuccessRateAbove got a promise. Await it first: \`const run = await load(…)\`, or \`await expect(promise).resolves.toHaveSuccessRateAbove(…)\`

      UsageError: run.request("chatt") did not occur in this run; known: "chat"; did you mean "chat"?

      UsageError: load() was called inside a load scenario: a load cannot run under a load; call it beside, in the test itself

      UsageError: the test's own http was used inside a load scenario, where every user has its own: take it from the scenario's argument, load(…, async ({ http }) => …)

      UsageError: TTFT of all requests has no samples: no stream was recorded under it

      UsageError: a load was still running when its test ended: write const run = await load(…)

      UsageError: session is not described: set perf({ session: { open: 'POST /sessions', id: 'id', chat: … } }) in the Vitest config, or test.override({ sessionDefinition: defineSession({ … }) })

      UsageError: withPerf(test) would replace a fixture of this test: http. Rename it, or keep the test as it is and call usePerf() in its body"
    `)
    // Where the mistake was made, not where it was found.
    expect(run.output).toMatch(/❯ mistakes\.perf\.ts:\d+:\d+\n/)
    expect(run.output).not.toMatch(/usage-error|dist\//)
  })

  test('without a base URL, without the plugin, and in a file outside the perf project', async () => {
    await using project = await vitestProject('mistakes-outside', {
      'vitest.config.ts': config(`include: '**/*.perf.ts'`),
      'nowhere.perf.ts': `
import { test } from 'vitest-perf'
test('a request', ({ http }) => http.get('/'))
test('a load', ({ load }) => load({ users: 1, iterations: 1 }, ({ http }) => http.get('/')))
test('a service', ({ server }) => server.kill())
`,
      'unreachable.perf.ts': `
import { test } from 'vitest-perf'
test('a load', ({ load }) => load({ users: 1, iterations: 1 }, ({ http }) => http.get('/')))
`,
      'outside.test.ts': `import { test } from 'vitest-perf'\ntest('x', ({ http }) => http.get('/'))`,
      'use.test.ts': `import { test } from 'vitest'\nimport { usePerf } from 'vitest-perf'\ntest('x', () => void usePerf())`,
      'no-plugin.config.ts': `export default {}`,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(errorsIn(run.output).join('\n\n')).toMatchInlineSnapshot(`
      "UsageError: this test runs outside the perf project: add plugins: [perf({ include: […] })] from 'vitest-perf/plugin' to the Vitest config, with an include that covers this file

      UsageError: this test runs outside the perf project: add plugins: [perf({ include: […] })] from 'vitest-perf/plugin' to the Vitest config, with an include that covers this file

      UsageError: http does not know which service to call: set perf({ baseUrl: 'http://127.0.0.1:8080' }) in the Vitest config, or PERF_BASE_URL

      UsageError: http does not know which service to call: set perf({ baseUrl: 'http://127.0.0.1:8080' }) in the Vitest config, or PERF_BASE_URL

      UsageError: there is no service to control: perf({ server: { command: 'npm start', ready: '/health' } }) starts one (and PERF_BASE_URL, when set, leaves it alone)

      UsageError: http does not know which service to call: set perf({ baseUrl: 'http://127.0.0.1:8080' }) in the Vitest config, or PERF_BASE_URL"
    `)
    const unreachable = await project.run(['unreachable'], {
      env: { PERF_BASE_URL: 'http://127.0.0.1:9' },
    })
    expect(errorsIn(unreachable.output).join('\n\n')).toMatchInlineSnapshot(
      `"UsageError: load() was not started: http://127.0.0.1:9 cannot be reached (ECONNREFUSED). Start the service, let perf({ server }) start it, or set PERF_BASE_URL"`,
    )
    const without = await project.run(['-c', 'no-plugin.config.ts', 'outside'])
    expect(errorsIn(without.output).join('\n\n')).toMatchInlineSnapshot(
      `"UsageError: this test runs outside the perf project: add plugins: [perf({ include: […] })] from 'vitest-perf/plugin' to the Vitest config, with an include that covers this file"`,
    )
  })
})
