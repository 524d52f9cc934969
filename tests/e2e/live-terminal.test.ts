import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RESULTS } from '../../src/run-file/run-file.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { hasTmux, startTmux } from '../support/tmux.ts'
import { VITEST } from '../support/vitest-process.ts'
import { vitestProject } from '../support/vitest-project.ts'

/** A load without end, and a test that talks all the while, now and then in lines that no terminal holds. */
const SUITE = `
import { expect, test } from 'vitest-perf'
const long = ' and so on'.repeat(30)
test('a while', async ({ load }) => {
  let said = 0
  const timer = setInterval(() => console.log('said ' + ++said + (said % 5 === 0 ? long : '')), 100)
  const limits = { p95: '20s', errorRate: '1%' }
  const run = await load({ users: 3, duration: '1h', limits }, async ({ http, pause }) => {
    await http.get('/')
    await pause('20ms')
  })
  clearInterval(timer)
  expect(run).toMeetLimits()
})
`

/** The lines of the block, and those of Vitest that follow it. */
const BLOCK = [
  /^ ↗ a while {2}steady$/,
  /^ {3}[━─]{22} .* of 1h {3}3 users {3}\d+\/s$/,
  /^ {3}p50 \S+ m?s {3}p95 \S+ m?s \(limit 20 s\) {3}p99 \S+ m?s( {3}p95 [▁▂▃▄▅▆▇█]+)?$/,
  /^ {3}✓ error rate of all requests {2}0 % {2}limit 1 %$/,
]
const FOOT = [
  /^ {3}Ctrl\+C: stop and keep the results$/,
  /^$/,
  /^ ❯ .*a\.perf\.ts 0\/1$/,
  /^$/,
  /^ Test Files /,
  /^ {6}Tests /,
  /^ {3}Start at /,
  /^ {3}Duration /,
]
/** Of a machine that is busy with other work. */
const WARNING = /^ {3}! (machine busy|generator)/

/** The highest number that the test has said on this screen, if the block stands whole below that. */
function saidAbove(screen: readonly string[]): number {
  const lines = screen.filter((line) => !WARNING.test(line))
  const top = lines.findIndex((line) => line.includes('↗'))
  const all = [...BLOCK, ...FOOT]
  if (top < 0 || lines.filter((line) => line.includes('↗')).length > 1) return 0
  if (!all.every((pattern, at) => pattern.test(lines[top + at] ?? ''))) return 0
  const above = lines.slice(0, top).join('')
  return Math.max(0, ...[...above.matchAll(/said (\d+)/g)].map(([, said]) => Number(said)))
}

describe.runIf(hasTmux)('in a terminal (needs tmux)', { timeout: 120_000 }, () => {
  test('a block stands whole below what a test says; Ctrl+C ends the load with its results', async () => {
    const { options } = await withService()
    await using project = await vitestProject('live-terminal', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': SUITE,
    })
    const size = { columns: 80, rows: 40 }
    const tmux = startTmux(project.root, [process.execPath, VITEST, 'run'], size)
    const patience = { timeout: 60_000, interval: 50 }
    const intact = async (after: number): Promise<number> => {
      await expect.poll(() => saidAbove(tmux.screen()), patience).toBeGreaterThan(after)
      return saidAbove(tmux.screen())
    }
    let said = 0
    for (let look = 0; look < 4; look++) said = await intact(said)
    tmux.resize(200, 40)
    for (let look = 0; look < 4; look++) said = await intact(said)

    tmux.type('C-c')
    await expect.poll(() => tmux.code(), patience).toBe(130)
    const history = tmux.history()
    const numbers = history.flatMap((line) => /^said (\d+)/.exec(line)?.[1] ?? [])
    expect(numbers.map(Number)).toEqual(numbers.map((_, at) => at + 1))
    expect(history.filter((line) => /[↗━─]{1}/.test(line) && !line.includes('⎯'))).toEqual([])
    expect(history.join('\n')).toMatch(/perf: SIGINT; loads stop and keep their results/)
    expect(history.join('\n')).toMatch(/! interrupted after/)

    const [file, ...more] = await project.runFiles()
    expect(more).toEqual([])
    expect(file).toMatchObject({
      ending: 'interrupted',
      tests: [{ record: { runs: [{ ending: 'interrupted' }] } }],
    })
    const files = await readdir(join(project.root, RESULTS))
    expect(files.filter((name) => name.endsWith('.html'))).toHaveLength(1)
    expect(files.filter((name) => name.endsWith('.partial'))).toEqual([])
    for (const pid of (await project.read('pids.txt')).trim().split('\n')) {
      await until(() => isGone(Number(pid)))
    }
  })
})
