import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

/** A load of a minute that says when it is under way, and an after-test that must not run. */
const MINUTE = `
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest-perf'
writeFileSync('worker.txt', String(process.pid))
test('a minute', async ({ load }) => {
  const run = await load({ users: 3, duration: '60s', gracefulStop: '500ms' }, async ({ http, user, iteration }) => {
    await http.get(user === 0 && iteration === 2 ? '/never' : '/')
    if (user === 1 && iteration === 5) console.log('mark: under way')
  })
  console.log('mark: ended', run.ending, run.requests.length)
  expect(run).toHaveSuccessRateAbove('50%')
})
test('the next one', () => console.log('mark: next'))
`

async function minuteLoad(name: string): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'minute.perf.ts': MINUTE,
  })
}

async function expectAllGone(project: VitestProject): Promise<void> {
  const pids = `${await project.read('pids.txt')}${await project.read('worker.txt')}`
  for (const pid of pids.trim().split('\n')) await until(() => isGone(Number(pid)))
}

describe('during a load of a minute', { timeout: 60_000 }, () => {
  test.each([
    ['SIGINT', 'main', 130],
    ['SIGINT', 'group', 130],
    ['SIGTERM', 'main', 143],
    // As when its terminal is closed.
    ['SIGHUP', 'group', 129],
  ] as const)('%s to the %s process ends it gracefully', async (signal, to, code) => {
    await using project = await minuteLoad(`signals-${signal}-${to}`)
    const vitest = project.start(['run'])
    await vitest.sees(/mark: under way/)
    vitest.signal(signal, to)
    const run = await vitest.ended
    expect(run.code).toBe(code)
    expect(run.output).toContain('mark: ended interrupted')
    await expectAllGone(project)
    const [file, ...more] = await project.runFiles()
    expect(more).toEqual([])
    expect(file).toMatchObject({
      ending: 'interrupted',
      tests: [{ record: { runs: [{ ending: 'interrupted' }] } }, {}],
    })
  })

  test('a second SIGINT ends it at once', async () => {
    await using project = await minuteLoad('signals-twice')
    const vitest = project.start(['run'])
    await vitest.sees(/mark: under way/)
    vitest.signal('SIGINT')
    await vitest.sees(/again to end at once/)
    vitest.signal('SIGINT')
    const run = await vitest.ended
    expect(run.code).toBe(130)
    expect(run.output).not.toContain('mark: ended')
    await expectAllGone(project)
  })
})
