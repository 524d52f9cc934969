import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LivePage } from '../../src/live/live-page.ts'
import { CLI } from '../support/cli.ts'
import { EventReader } from '../support/event-reader.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { addressIn, asked, posted } from '../support/live-dashboard.ts'
import { isGone } from '../support/service-processes.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'
import type { RunningVitest } from '../support/vitest-process.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'
test('one that goes on', async ({ load }) => {
  const run = await load({ users: 4, duration: '10m' }, async ({ http, pause }) => {
    await http.get('/')
    await pause('50ms')
  })
  expect(run).toHaveSuccessRateAbove('50%')
})
test('the one after it', async ({ load }) => {
  await load({ users: 2, iterations: 4 }, ({ http }) => http.get('/'))
})
`

async function projectOf(name: string, more = ''): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options} ${more}`),
    'service.mjs': SERVICE,
    'suite.perf.ts': SUITE,
  })
}

const DASHBOARD = /perf: dashboard {2}(http\S+)/

const cli = (project: VitestProject, ...args: readonly string[]): RunningVitest['ended'] =>
  project.start(args, { script: CLI }).ended

/** Those that tell the command line of a run. */
const files = ({ root }: VitestProject): string[] => {
  const folder = join(root, '.vitest/perf')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.startsWith('running-'))
  return names.map((name) => join(folder, name))
}

/** When the command line finds a load with some requests. */
async function underWay(project: VitestProject): Promise<void> {
  const look = async (): Promise<number> => {
    const { stdout } = await cli(project, 'status', '--json')
    const { loads = [] } = JSON.parse(stdout) as { loads?: { tick?: { count: number } }[] }
    return loads[0]?.tick?.count ?? 0
  }
  await expect.poll(look, { timeout: 60_000, interval: 200 }).toBeGreaterThan(0)
}

const count = ({ loads }: LivePage): number => loads[0]?.count ?? 0

describe('a run with a dashboard', { timeout: 120_000 }, () => {
  test('is watched and steered by two browsers and the command line, and ends by itself', async () => {
    await using project = await projectOf('dashboard', 'dashboard: { port: 0 }')
    const vitest = project.start(['run'])
    const [, address = ''] = await vitest.sees(DASHBOARD)
    const at = addressIn(address)
    const one = await EventReader.of(at)
    await one.until((page) => count(page) > 0 && page.report?.tests[0]?.loads[0] !== undefined)

    const steered = await posted(at, '/steer', { command: { kind: 'users', users: 9 } })
    expect(await steered.json()).toEqual({ text: 'users 4 → 9' })
    await one.until(({ loads }) => loads[0]?.users === 9)
    const marked = ({ report }: LivePage): boolean =>
      report?.tests[0]?.loads[0]?.marks[0]?.text === 'users 4 → 9'
    await one.until(marked)
    const two = await EventReader.of(at)
    expect(marked(await two.until(() => true))).toBe(true)

    const status = await cli(project, 'status')
    expect(status.stdout).toMatch(/↗ one that goes on {2}steady/)
    expect(status.stdout).toContain('9 users')
    expect((await cli(project, 'logs', '--lines', '5')).stdout).toMatch(/^service \d+ is up$/m)
    expect((await cli(project, 'dashboard')).stdout.trim()).toBe(address)
    const modes = files(project).map((path) => statSync(path).mode & 0o777)
    if (process.platform !== 'win32') expect(modes).toEqual([0o600])
    const stats = await (await asked(at, '/stats/requests')).json()
    expect(stats).toMatchObject({ state: 'running', user_count: 9 })

    expect((await posted(at, '/steer', { command: { kind: 'stop' } })).status).toBe(200)
    // Both still read: they hold neither Vitest nor its end.
    const { code, output } = await vitest.ended
    expect(code, output).toBe(0)
    await one.toEnd()
    await two.toEnd()
    expect([one.bye, two.bye]).toEqual(Array(2).fill(expect.stringContaining('the run is over')))
    expect(one.page).toMatchObject({ state: 'ended', report: { headline: 'All 2 tests passed' } })
    expect(files(project)).toEqual([])
    const [run] = await project.runFiles()
    expect(run?.ending).toBe('complete')
    expect(run?.tests[0]?.record.runs[0]).toMatchObject({
      ending: 'stopped',
      marks: [{ kind: 'steered', text: 'users 4 → 9' }, { kind: 'steered' }],
    })
    await replayed(project)
  })
})

/** The command line shows the run again. */
async function replayed(project: VitestProject): Promise<void> {
  const program = project.start(['dashboard', 'latest', '--port', '0'], { script: CLI })
  const [line] = await program.sees(/http\S+/)
  const at = addressIn(line)
  const reader = await EventReader.of(at)
  const page = await reader.until(() => true)
  expect(page).toMatchObject({ state: 'replay', loads: [] })
  expect(page.report?.tests[0]?.loads[0]?.marks[0]?.text).toBe('users 4 → 9')
  const refused = await posted(at, '/steer', { command: { kind: 'stop' } })
  expect(await refused.json()).toEqual({ error: 'this run is over' })
  program.signal('SIGINT')
  expect((await program.ended).code).toBe(0)
}

describe('from the command line, without a dashboard', { timeout: 120_000 }, () => {
  test('a run is stopped as by Ctrl+C', async () => {
    await using project = await projectOf('cli-stop')
    const vitest = project.start(['run'])
    await underWay(project)
    const asked = await cli(project, 'dashboard')
    expect([asked.code, asked.stderr]).toEqual([
      2,
      expect.stringContaining('has no dashboard: start it with PERF_DASHBOARD=1'),
    ])
    const stopped = await cli(project, 'stop')
    expect(stopped.stdout).toMatch(/^\S+ stops; its loads keep their results\nended: /)
    expect((await vitest.ended).code).toBe(130)
    const [run] = await project.runFiles()
    expect(run).toMatchObject({ ending: 'interrupted' })
    expect(run?.tests[0]?.record.runs[0]?.whole.count).toBeGreaterThan(0)
    const again = await cli(project, 'stop')
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringContaining('no perf test runs here: vitest-perf run starts them'),
    ])
    expect((await cli(project, 'status')).stdout).toContain('No perf test runs here')
    expect(JSON.parse((await cli(project, 'status', '--json')).stdout)).toEqual({ running: false })
  })

  test('by force it ends at once; one that was killed is told of', async () => {
    await using project = await projectOf('cli-stop-force')
    const forced = project.start(['run'])
    await underWay(project)
    expect((await cli(project, 'stop', '--force')).stdout).toMatch(/^Vitest with pid \d+ has ended/)
    expect((await forced.ended).code).toBe(130)
    const [partial] = await project.runFiles()
    expect(partial?.ending).toBe('partial')
    expect(files(project)).toEqual([])

    const killed = project.start(['run'])
    await underWay(project)
    killed.signal('SIGKILL', 'group')
    await killed.ended
    expect(files(project)).toHaveLength(1)
    const status = await cli(project, 'status')
    expect(status.stderr).toContain('was killed: what it had measured is kept')
    expect(status.stdout).toContain('No perf test runs here')
    expect(files(project)).toEqual([])
    // Nobody was left to stop the service.
    for (const pid of (await project.read('pids.txt')).trim().split('\n').map(Number)) {
      if (!(await isGone(pid))) process.kill(pid)
    }
  })
})

describe('in watch mode', { timeout: 120_000 }, () => {
  test('tests are started with other users, and the dashboard stays for the next run', async () => {
    await using project = await projectOf('dashboard-watch', 'dashboard: { port: 0 }')
    await project.write({ 'suite.perf.ts': SUITE.replace("duration: '10m'", 'iterations: 30') })
    const vitest = project.start(['--watch'])
    const [, address = ''] = await vitest.sees(DASHBOARD)
    const at = addressIn(address)
    const reader = await EventReader.of(at)
    const waiting = await reader.until(({ start }) => start?.tests.length === 1)
    expect(waiting).toMatchObject({
      state: 'waiting',
      start: { busy: false, tests: [{ file: 'suite.perf.ts' }] },
    })
    expect((await cli(project, 'status')).stdout).toContain('Vitest waits for changes')
    const start = async (test: string | undefined, more: object): Promise<unknown> =>
      (await posted(at, '/start', { test, ...more })).json()
    expect(await start(waiting.start?.tests[0]?.id, { users: 3 })).toEqual({
      text: 'suite.perf.ts starts with 3 users',
    })
    expect(await start(waiting.start?.tests[0]?.id, {})).toEqual({
      error: 'perf tests run already',
    })
    const ended = await reader.until(
      ({ state, start: now }) => state === 'ended' && now?.busy === false,
    )
    expect(ended.report?.headline).toBe('All 2 tests passed')
    const names = ended.start?.tests.map(({ name }) => name)
    expect(names).toEqual(['one that goes on', 'the one after it'])

    await start(ended.start?.tests[1]?.id, {})
    await reader.until(({ id, state }) => state === 'ended' && id !== ended.id)
    const [first, second] = await project.runFiles()
    expect(first?.tests.map(({ record }) => record.runs[0]?.shape)).toMatchObject([
      { users: 3 },
      { users: 3 },
    ])
    expect(first?.tests[0]?.record.runs[0]?.marks).toMatchObject([
      { kind: 'steered', text: 'started with 3 users' },
    ])
    // Started as it is written, it is steered by nobody.
    const ran = second?.tests.filter(({ state }) => state === 'passed')
    expect(ran?.map(({ name }) => name)).toEqual(['the one after it'])
    expect(ran?.[0]?.record.runs[0]).toMatchObject({ shape: { users: 2 } })
    expect(ran?.[0]?.record.runs[0]).not.toHaveProperty('marks')
    await reader.stop()
  })

  test('a change of the config starts Vitest anew: all goes on, and the dashboard where it was', async () => {
    await using project = await projectOf('dashboard-config', 'dashboard: { port: 0 }')
    const short = SUITE.replace("duration: '10m'", 'iterations: 30')
    await project.write({ 'suite.perf.ts': short })
    const vitest = project.start(['--watch'])
    const [, address = ''] = await vitest.sees(DASHBOARD)
    const before = await EventReader.of(addressIn(address))
    for (const change of ['once', 'twice']) {
      const from = vitest.position()
      const text = await project.read('vitest.config.ts')
      await project.write({ 'vitest.config.ts': `${text}// ${change}\n` })
      const [, again] = await vitest.sees(DASHBOARD, from)
      expect(again).toBe(address)
    }
    await before.toEnd()
    expect(before.bye).toBeUndefined()

    const from = vitest.position()
    const reader = await EventReader.of(addressIn(address))
    expect(await reader.until(({ start }) => start !== undefined)).toMatchObject({
      state: 'waiting',
    })
    await project.write({ 'suite.perf.ts': `${short}// changed\n` })
    await vitest.sees(/PERF {2}✓ 1 of 1/, from)
    const ended = await reader.until(({ state }) => state === 'ended')
    expect(ended.report?.headline).toBe('All 2 tests passed')
    expect(await project.runFiles()).toHaveLength(1)
    expect((await cli(project, 'status')).stdout).toContain('Vitest waits for changes')
    await reader.stop()
  })
})
