import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RESULTS } from '../../src/run-file/run-file.ts'
import { SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { hasTerminal } from '../support/vitest-process.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

/** A load without end that says when it is under way: long enough for its journal, which is written every second. */
const SUITE = `
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest-perf'
writeFileSync('worker.txt', String(process.pid))
test('without end', async ({ load }) => {
  const run = await load({ users: 3, duration: '1h' }, async ({ http, user, iteration, pause }) => {
    await http.get('/')
    await pause('20ms')
    if (user === 1 && iteration === 120) console.log('mark: under way')
  })
  console.log('mark: ended', run.ending)
  expect(run).toHaveSuccessRateAbove('50%')
})
`

const configOf = (options: string): string => `
import { writeFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
writeFileSync('main.txt', String(process.pid))
export default defineConfig({ plugins: [perf({ include: '**/*.perf.ts', ${options} })] })
`

async function endless(name: string): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': configOf(options),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
}

/** The run file and the report are there, nothing is left half done, and no process goes on. */
async function expectComplete(project: VitestProject): Promise<void> {
  const [file, ...more] = await project.runFiles()
  expect(more).toEqual([])
  expect(file).toMatchObject({
    ending: 'interrupted',
    tests: [{ record: { runs: [{ ending: 'interrupted' }] } }],
  })
  expect(file?.tests[0]?.record.runs[0]?.whole.count).toBeGreaterThan(0)
  const files = await readdir(join(project.root, RESULTS))
  expect(files.toSorted()).toEqual([`${file?.id}.html`, `${file?.id}.json`])
  for (const name of ['pids.txt', 'worker.txt', 'main.txt']) {
    for (const pid of (await project.read(name)).trim().split('\n')) {
      await until(() => isGone(Number(pid)))
    }
  }
}

describe.runIf(hasTerminal)(
  'in a terminal (needs the script command of util-linux)',
  { timeout: 120_000 },
  () => {
    test.each([
      ['SIGTERM', 'main', 143],
      ['SIGKILL', 'worker', 1],
    ] as const)('%s of the %s process leaves complete files', async (signal, of, code) => {
      await using project = await endless(`pty-${of}`)
      const vitest = project.start(['run'], { terminal: true })
      await vitest.sees(/mark: under way/)
      process.kill(Number(await project.read(`${of}.txt`)), signal)
      const run = await vitest.ended
      expect(run.code, run.output).toBe(code)
      expect(run.output).toMatch(/! interrupted after/)
      await expectComplete(project)
    })

    test('SIGTERM ends a watcher, too', async () => {
      await using project = await endless('pty-watch-term')
      const vitest = project.start(['--watch', '--project', 'perf'], { terminal: true })
      await vitest.sees(/mark: under way/)
      process.kill(Number(await project.read('main.txt')), 'SIGTERM')
      const run = await vitest.ended
      expect(run.code, run.output).toBe(143)
      await expectComplete(project)
    })

    test('Ctrl+C in watch mode ends the load with its results', async () => {
      await using project = await endless('pty-watch')
      const vitest = project.start(['--watch', '--project', 'perf'], { terminal: true })
      await vitest.sees(/mark: under way/)
      vitest.type('\u0003')
      const run = await vitest.ended
      expect(run.output).toMatch(/mark: ended interrupted/)
      expect(run.output).toMatch(/! interrupted after/)
      expect(run.code, run.output).toBe(130)
      await expectComplete(project)
    })
  },
)
