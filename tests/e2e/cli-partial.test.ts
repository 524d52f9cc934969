import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import type { RunOutline } from '../../src/report/run-outline.ts'
import { CLI } from '../support/cli.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone } from '../support/service-processes.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'
test('is over', async ({ load }) => {
  const run = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})
test('is under way', async ({ load }) => {
  await load({ users: 2, duration: '5m' }, async ({ http, pause }) => {
    await http.get('/')
    await pause('20ms')
  })
})
`

/** A run that was killed, with all of its processes, after its load had gone on for a while. */
async function killedRun(): Promise<VitestProject> {
  const { options } = await withService()
  const project = await vitestProject('cli-partial', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'suite.perf.ts': SUITE,
  })
  const vitest = project.start(['run'])
  await expect
    .poll(() => requestsIn(project), { timeout: 60_000, interval: 200 })
    .toBeGreaterThan(20)
  vitest.signal('SIGKILL', 'group')
  expect((await vitest.ended).code).toBe(137)
  // Nobody was left to stop the service.
  for (const pid of (await project.read('pids.txt')).trim().split('\n').map(Number)) {
    if (!(await isGone(pid))) process.kill(pid)
  }
  return project
}

async function requestsIn(project: VitestProject): Promise<number> {
  const { stdout } = await cli(project, 'results', '--json')
  const [run] = JSON.parse(stdout) as readonly RunOutline[]
  return run?.requests ?? 0
}

const cli = (project: VitestProject, ...args: readonly string[]) =>
  project.start(args, { script: CLI }).ended

describe('a run that is killed', { timeout: 120_000 }, () => {
  test('is kept, and results, show and report say that it is partial', async () => {
    await using project = await killedRun()
    const results = await cli(project, 'results')
    expect(results.stdout).toMatch(/^ ! \S+ {2}partial, 1 passed {2}1 met /m)
    const show = await cli(project, 'show')
    expect(show.code, show.output).toBe(0)
    for (const line of show.stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    expect(show.stdout).toContain(' PERF  ! not finished  suite.perf.ts › is under way\n')
    expect(show.stdout).toMatch(/^ {3}GET \/ +\d+ /m)
    expect(show.stdout).toContain(' ! partial, it never came to its end: figures are of what ran\n')
    const report = await cli(project, 'report', '--output', 'report.html')
    expect(report).toMatchObject({
      code: 0,
      stdout: 'report.html\n',
      stderr: '! the run has no end: it still runs, or was killed\n',
    })
    expect(await project.read('report.html')).toMatch(/^<!doctype html>/i)
  })
})
