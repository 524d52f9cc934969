import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { listenOn } from '../support/listen-on.ts'
import { isGone, until } from '../support/service-processes.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

const ASKS = `
import { expect, test } from 'vitest-perf'
test('asks the service', async ({ http, server }) => {
  console.log('asked:', (await http.get('/')).json().pid, server.url)
})
test('fails when told to', () => expect(process.env.FAIL).toBeUndefined())
`

/** The pids of the services that were started, in their order. */
const started = async (project: VitestProject): Promise<number[]> =>
  (await project.read('pids.txt').catch(() => '')).split('\n').filter(Boolean).map(Number)

/** Without what differs from run to run. */
const steady = (message: string): string =>
  message.replaceAll(/port \d+/g, 'port PORT').replace(/after [\d.]+ m?s,/, 'after a while,')

const DIED = `ServiceError: service api (\`node -e "console.log('no licence'); process.exit(3)"\`) exited with code 3 after a while, before it was ready
  ready when: port PORT of 127.0.0.1 accepts connections
  last look: port PORT: connection refused
  end of its log:
    | no licence`
const NOT_READY = `ServiceError: service api (\`node -e "console.log('warming up'); setInterval(() => {}, 1000)"\`) was not ready within 1 s
  ready when: port PORT of 127.0.0.1 accepts connections
  last look: port PORT: connection refused
  end of its log:
    | warming up`

describe('the service under test', { timeout: 60_000 }, () => {
  test('is started once for all files that need it, and is gone at the end, also after a failure', async () => {
    const { options } = await withService()
    await using project = await vitestProject('service-once', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': ASKS,
      'b.perf.ts': ASKS,
    })
    const run = await project.run([], { env: { FAIL: 'yes' } })
    expect(run.code, run.output).toBe(1)
    const [pid, ...more] = await started(project)
    expect(more).toEqual([])
    expect(run.output.match(/asked: \d+/g)).toEqual([`asked: ${pid}`, `asked: ${pid}`])
    await until(() => isGone(pid ?? 0))
  })

  test('is left alone when no perf test runs, and when PERF_BASE_URL says where it is', async () => {
    const { options } = await withService()
    await using project = await vitestProject('service-idle', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': ASKS,
      'sum.test.ts': `import { test } from 'vitest'\ntest('one and one', () => {})`,
      'free.perf.ts': `import { test } from 'vitest-perf'\ntest('free', ({ url }) => console.log('at', url('/x')))`,
    })
    const unit = await project.run(['--project', 'unit'])
    const nothing = await project.run(['-t', 'no test has this name'])
    const elsewhere = await project.run(['free.perf'], {
      env: { PERF_BASE_URL: 'http://127.0.0.1:9' },
    })
    expect([unit.code, nothing.code, elsewhere.code], elsewhere.output).toEqual([0, 0, 0])
    expect(elsewhere.output).toContain('at http://127.0.0.1:9/x')
    expect(await started(project)).toEqual([])
    expect(`${unit.output}${nothing.output}`).not.toContain('perf:')
  })

  test.each([
    ['dies', `node -e "console.log('no licence'); process.exit(3)"`, DIED],
    [
      'is never ready',
      `node -e "console.log('warming up'); setInterval(() => {}, 1000)"`,
      NOT_READY,
    ],
  ])('that %s is one error with the end of its log', async (what, command, message) => {
    const { options } = await withService()
    const server = `server: ${JSON.stringify({ command, name: 'api', startTimeout: '1s' })}`
    await using project = await vitestProject(`service-${what.replaceAll(' ', '-')}`, {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options} ${server}`),
      'a.perf.ts': ASKS,
      'b.perf.ts': ASKS,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(1)
    expect(errorsIn(run.output).map(steady)).toEqual([message])
  })

  test('whose port is taken is one error', async () => {
    const { options, port } = await withService()
    await using _ = await listenOn(port)
    await using project = await vitestProject('service-taken', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': ASKS,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(1)
    expect(errorsIn(run.output).map(steady).join()).toMatchInlineSnapshot(
      `"ServiceError: service api (\`node service.mjs\`) was not started: port PORT is already in use, so the service would not be the one under test; stop it or set PERF_BASE_URL to test it"`,
    )
    expect(await started(project)).toEqual([])
  })

  test('may be killed in the middle of a load: the load ends in time and every request has its outcome', async () => {
    const { options } = await withService()
    await using project = await vitestProject('service-killed', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'kill.perf.ts': `
import { expect, test } from 'vitest-perf'
test.for(['fixture', 'pid'])('killed by its %s', async (by, { load, server, http, monitor }) => {
  await server.restart()
  await monitor({ pid: process.pid }, { label: 'the test itself' })
  const { pid } = (await http.get('/')).json()
  const run = await load({ users: 5, duration: '1500ms', gracefulStop: '1s' }, async ({ http, user, iteration, pause }) => {
    if (user === 0 && iteration === 3) await (by === 'fixture' ? server.kill() : process.kill(pid, 'SIGKILL'))
    await pause(20)
    await http.get('/')
  })
  const { count, ok, failed, aborted, outcomes } = run
  const kinds = Object.keys(outcomes).filter((kind) => !['ok', 'refused', 'reset', 'stale', 'aborted'].includes(kind))
  const counted = Object.values(outcomes).reduce((left, right) => left + right, 0)
  console.log('mark:', by, run.ending, ok > 0, failed > 0, kinds, counted === count + aborted)
  expect(run).toHaveSuccessRateAbove('99.9%')
})
`,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(run.output.match(/mark: .*/g), run.output).toEqual([
      'mark: fixture complete true true [] true',
      'mark: pid complete true true [] true',
    ])
    expect(run.output).toMatch(/PERF {2}✗ 1 of 1 missed {2}kill\.perf\.ts › killed by its pid/)
    const [file] = await project.runFiles()
    const records = file?.tests.map(({ record }) => record) ?? []
    // What the test did to the service is on the clock of the run; what others did is not known.
    const marks = records.map(({ runs }) => runs[0]?.marks)
    expect(marks).toEqual([
      [{ at: expect.any(Number), kind: 'fault', text: 'api killed' }],
      undefined,
    ])
    expect(marks[0]?.[0]?.at).toBeGreaterThan(0)
    expect(records.map(({ monitors }) => monitors?.map(({ label }) => label))).toEqual([
      ['the test itself'],
      ['the test itself'],
    ])
  })
})
