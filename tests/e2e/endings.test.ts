import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../src/run-file/run-record.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { errorsIn, linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

const good = (name: string): string => `
test('${name}', async ({ load }) => {
  const run = await load({ users: 2, iterations: 4 }, ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})
`
const IMPORTS = `import { expect, test } from 'vitest-perf'`
/** In the middle of its load, when the tests before it are long known to have passed, this happens, in the process of the test. */
const midLoad = (act: string): string => `
test('in mid-load', async ({ load }) => {
  await load({ users: 2, duration: '30s' }, async ({ http, user, iteration, pause }) => {
    await http.get('/')
    await pause(100)
    if (user === 1 && iteration === 5) ${act}
  })
})
`

async function suite(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    ...files,
  })
}

/** The run file's word on it: how it ended, and each test with its state and its runs. */
async function kept(project: VitestProject): Promise<unknown> {
  const [file, ...more] = await project.runFiles()
  expect(more).toEqual([])
  const tests = file?.tests.map(({ name, state, record }) => [name, state, record.runs.length])
  return { ending: file?.ending, tests }
}

const servicePids = async (project: VitestProject): Promise<number[]> =>
  (await project.read('pids.txt')).trim().split('\n').map(Number)

async function expectNoService(project: VitestProject): Promise<void> {
  for (const pid of await servicePids(project)) await until(() => isGone(pid))
}

describe('what was measured is kept and shown', { timeout: 60_000 }, () => {
  test('when a test process crashes in the middle of a load', async () => {
    await using project = await suite('endings-crash', {
      'a.perf.ts': `${IMPORTS}${good('before')}${midLoad(`process.kill(process.pid, 'SIGKILL')`)}${good('after')}`,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(run.output).toContain('Worker exited unexpectedly with signal SIGKILL')
    expect(linesOf(run.output, ' PERF ')).toEqual([
      ' PERF  ✓ 1 of 1  a.perf.ts › before',
      ' PERF  ! not finished  a.perf.ts › in mid-load',
    ])
    expect(run.output).toMatch(/! interrupted after \S+ m?s: its process ended before it did/)
    expect(run.output).toContain(
      ' 2 performance tests: 1 passed · 1 not finished\n 1 test: 1 not finished\n ! interrupted',
    )
    expect(await kept(project)).toEqual({
      ending: 'interrupted',
      tests: [
        ['before', 'passed', 1],
        ['in mid-load', 'running', 1],
        ['after', 'running', 0],
      ],
    })
    await expectNoService(project)
  })

  test('when all of Vitest is killed', async () => {
    await using project = await suite('endings-killed', {
      'a.perf.ts': `${IMPORTS}${good('before')}${midLoad(`console.log('mark: under way')`)}`,
    })
    const vitest = project.start(['run'])
    await vitest.sees(/mark: under way/)
    vitest.signal('SIGKILL', 'group')
    await vitest.ended
    await expectNoService(project)
    expect(await kept(project)).toEqual({
      ending: 'partial',
      tests: [
        ['before', 'passed', 1],
        ['in mid-load', 'running', 1],
      ],
    })
  })

  test.each([
    ['all of Vitest is', 'group'],
    ['its main process is', 'main'],
  ] as const)('of a load under way, when %s killed', async (_, to) => {
    await using project = await suite(`endings-journal-${to}`, {
      'a.perf.ts': `${IMPORTS}${midLoad(`console.log('mark: under way')`)}`,
    })
    const vitest = project.start(['run'])
    const kept = async (): Promise<RunRecord | undefined> => {
      const [file] = await project.runFiles().catch(() => [])
      return file?.tests[0]?.record.runs[0]
    }
    await vitest.sees(/mark: under way/)
    // It can be read while it runs, and has more each second.
    await until(async () => ((await kept())?.iterations.count ?? 0) >= 5)
    const seen = await kept()
    await until(async () => ((await kept())?.elapsed ?? 0) > (seen?.elapsed ?? Infinity))
    vitest.signal('SIGKILL', to)
    await vitest.ended
    await expectNoService(project)
    const run = await kept()
    expect(run).toMatchObject({
      title: 'in mid-load',
      partial: true,
      ending: 'interrupted',
      reason: 'its process ended before it did',
      requests: [
        { name: 'GET /', latency: { count: expect.any(Number), p95: expect.any(Number) } },
      ],
      service: { label: 'the service' },
    })
    expect(run?.whole.count).toBeGreaterThanOrEqual(seen?.whole.count ?? Infinity)
    expect(run?.timeline.length).toBeGreaterThan(1)
  })

  test('when --bail gives up after a failure', async () => {
    const fails = `test('fails', async ({ load }) => {
  const run = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/'))
  expect(run).toHaveP95Below('0.001ms')
})`
    await using project = await suite('endings-bail', {
      'a.perf.ts': `${IMPORTS}${good('before')}${fails}${good('after')}`,
    })
    const run = await project.run(['--bail=1'])
    expect(run.code).toBe(1)
    expect(linesOf(run.output, ' PERF ')).toEqual([
      ' PERF  ✓ 1 of 1  a.perf.ts › before',
      ' PERF  ✗ 1 of 1 missed  a.perf.ts › fails',
    ])
    expect(await kept(project)).toMatchObject({
      tests: [
        ['before', 'passed', 1],
        ['fails', 'failed', 1],
        ['after', 'running', 0],
      ],
    })
    await expectNoService(project)
  })
})

test(
  'calls that are not awaited are a question in the summary, or one error',
  { timeout: 60_000 },
  async () => {
    await using project = await suite('endings-unawaited', {
      'a.perf.ts': `${IMPORTS}
test('a few', async ({ load }) => {
  const run = await load({ users: 2, iterations: 8 }, ({ http }) => { http.get('/slow') })
  expect(run.aborted).toBe(8)
})
test('without end', ({ load }) => load({ users: 2, duration: '30s' }, ({ http }) => { http.get('/slow') }))`,
    })
    const run = await project.run()
    expect(run.output).not.toMatch(/unhandled/i)
    expect(run.output).toContain(
      '   ! their iterations had ended before: was a call not awaited?\n',
    )
    expect(errorsIn(run.output).join()).toMatchInlineSnapshot(
      `"UsageError: the scenario does not wait for its calls, and more than 1000 of one user are under way: write await http.get(…), or return the promise"`,
    )
  },
)
