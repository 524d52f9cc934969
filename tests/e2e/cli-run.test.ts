import { describe, expect, test } from 'vitest'
import { CLI } from '../support/cli.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { hasTerminal } from '../support/vitest-process.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, profile, test } from 'vitest-perf'
test('by profile', async ({ load }) => {
  const run = await load(profile('few'), ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})
test('by figures', async ({ load }) => {
  const run = await load({ users: 1, iterations: 2 }, ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})
test('misses', async ({ load }) => {
  const run = await load({ users: 1, iterations: 2 }, ({ http }) => http.get('/'))
  expect(run).toHaveThroughputAbove('1000000/s')
})
test('a minute', async ({ load }) => {
  console.log('mark: under way')
  const run = await load({ users: 2, duration: '1m' }, async ({ http, pause }) => {
    await http.get('/')
    await pause('50ms')
  })
  console.log('mark: ended', run.ending)
})
`

const UNIT = `
import { test } from 'vitest'
test('a unit', () => console.log('mark: unit'))
`

async function suite(name: string): Promise<VitestProject> {
  const { options } = await withService(`profiles: { few: { users: 2, iterations: 8 } },`)
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'suite.perf.ts': SUITE,
    'unit.test.ts': UNIT,
  })
}

const byCli = { script: CLI }

describe('vitest-perf run', { timeout: 120_000 }, () => {
  test('runs the perf tests by name, with what the flags say in place of the profile', async () => {
    await using project = await suite('cli-run-flags')
    const by = ['--users', '4', '--scale', '0.5', '--report', 'reports/{profile}.html']
    const args = ['suite', '--test', 'by (profile|figures)', ...by]
    const run = await project.run([...args, '--', '--bail', '1'], byCli)
    expect(run.code, run.output).toBe(0)
    expect(run.output).toContain('profile few, PERF_USERS 4, PERF_SCALE 0.5')
    expect(run.output).not.toContain('mark: unit')
    expect(await project.read('reports/few.html')).toMatch(/^<!doctype html>/i)
    expect(run.stderr).toBe('')
    const [file] = await project.runFiles()
    const shapes = file?.tests.flatMap(({ record }) => record.runs.map(({ shape }) => shape))
    expect(shapes).toMatchObject([
      { users: 2, iterations: 4 },
      { users: 1, iterations: 2 },
    ])
  })

  test('a failed test is a 1, and --json tells what became of the run', async () => {
    await using project = await suite('cli-run-failing')
    const run = await project.run(['--test', 'misses', '--duration', '1s', '--json'], byCli)
    expect(run.code, run.output).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({
      code: 1,
      run: { ending: 'complete', tests: 1, failed: 1, limits: 1, missed: 1, loads: 1, requests: 2 },
    })
    expect(run.stderr).toContain('\n PERF  ✗ 1 of 1 missed ')
    expect(run.stderr).toContain('! no load that ran is written with profile(…): its flags changed')
  })

  test('what the flags cannot mean is a 2, before anything is started', async () => {
    await using project = await suite('cli-run-mistakes')
    const run = await project.run(['--users', 'many', '--duration', '5 sec'], byCli)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatchInlineSnapshot(`
      "✗ the command line has 2 mistakes:
          - --users must be a whole number of at least 1, got "many"
          - --duration must be milliseconds or a string like '250ms', '1.5s', '2m',
        got "5 sec"
      "
    `)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the load gracefully, and %i is the exit code', async (signal, code) => {
    await using project = await suite(`cli-run-${signal}`)
    const vitest = project.start(['run', '--test', 'a minute'], byCli)
    await vitest.sees(/mark: under way/)
    vitest.signal(signal)
    const run = await vitest.ended
    expect(run.code, run.output).toBe(code)
    expect(run.output).toContain('mark: ended interrupted')
    expect(await project.runFiles()).toMatchObject([{ ending: 'interrupted' }])
  })

  test.runIf(hasTerminal)('Ctrl+C in a terminal ends it gracefully, too', async () => {
    await using project = await suite('cli-run-terminal')
    const vitest = project.start(['run', '--test', 'a minute'], { ...byCli, terminal: true })
    await vitest.sees(/mark: under way/)
    vitest.type('\u0003')
    const run = await vitest.ended
    expect(run.code, run.output).toBe(130)
    expect(await project.runFiles()).toMatchObject([{ ending: 'interrupted' }])
  })
})
