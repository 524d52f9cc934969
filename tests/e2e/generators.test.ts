import { describe, expect, test, vi } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { BROKEN, MINUTE, TOGETHER } from '../support/generator-suites.ts'
import { isGone } from '../support/service-processes.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

const started = async (project: VitestProject, file: string): Promise<number[]> =>
  (await project.read(file)).split('\n').filter(Boolean).map(Number)

/** What the users of MINUTE have noted, by their numbers. */
const noted = (project: VitestProject): Promise<number[]> =>
  started(project, 'busy.txt').catch(() => [])

/** On a machine that has other things to do. */
const wait = (holds: () => Promise<void>): Promise<void> =>
  vi.waitFor(holds, { timeout: 60_000, interval: 100 })

const gone = (pid: number): Promise<void> => wait(async () => expect(await isGone(pid)).toBe(true))

async function expectAllGone(project: VitestProject): Promise<void> {
  for (const file of ['workers.txt', 'pids.txt']) {
    for (const pid of await started(project, file)) await gone(pid)
  }
}

describe('a load of several generators', { timeout: 180_000 }, () => {
  test('is one load of one test, whatever that is called and however often it is tried', async () => {
    const { options } = await withService()
    await using project = await vitestProject('generators', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': TOGETHER,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(0)
    // What a follower prints is nobody's, what is done once is done once in all attempts.
    expect(run.output.match(/mark: .*/g)).toEqual([
      'mark: made one',
      'mark: users 0 2',
      'mark: made two',
      'mark: users 0 2',
      'mark: users 0 2',
      'mark: another',
    ])
    expect(await started(project, 'workers.txt')).toHaveLength(4)
    // Restarted by the first one only.
    expect(await started(project, 'pids.txt')).toHaveLength(4)
    const [file, ...more] = await project.runFiles()
    expect(more).toEqual([])
    const by = file?.tests.map(({ record }) =>
      record.runs.map(({ generators = [] }) => generators.length),
    )
    expect(by).toEqual([[0, 2, 2], [0, 2, 2, 0, 2, 2], []])
    await expectAllGone(project)
  })

  test('that one of them cannot make fails, and says which and why', async () => {
    const { options } = await withService()
    await using project = await vitestProject('generators-broken', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': BROKEN,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(1)
    expect(errorsIn(run.output)).toMatchInlineSnapshot(`
      [
        "RendezvousError: generator 2 of 2: its test ended
        TypeError: no table for me",
        "RendezvousError: generator 2 of 2: its process ended (SIGKILL)
        | last words",
        "UndeliveredError: the load was not delivered: generator 2 of 2: its process ended, or hung up. What it sent is in no figure",
        "RendezvousError: generator 2 of 2: its test ended",
        "UsageError: the loads of one test share their generators, and this one wants 3 where an earlier one has 2: write the same number in all of them",
        "UsageError: load.findCapacity searches by the figures of one generator, and this run has 2 generators: run it with one",
        "UsageError: load.users is 1, and each of 2 generators needs one user at least: set users: 2 or more, or use fewer generators",
        "UsageError: load.generators must be 'auto' or a whole number from 1 to 256, got 0",
      ]
    `)
    await expectAllGone(project)
  })

  test('whose first one is killed leaves what that had heard of all, and no other one', async () => {
    const { options } = await withService()
    await using project = await vitestProject('generators-first', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': MINUTE,
    })
    const vitest = project.start(['run'])
    // Its journal has a line every second.
    await wait(async () => expect((await noted(project)).length).toBeGreaterThan(30))
    process.kill((await started(project, 'workers.txt'))[0] ?? 0, 'SIGKILL')
    const run = await vitest.ended
    expect(run.code, run.output).toBe(1)
    await expectAllGone(project)
    const [file] = await project.runFiles()
    const [made] = file?.tests.flatMap(({ record }) => record.runs) ?? []
    expect(made).toMatchObject({ partial: true, source: 'as generator 1 of 2 heard of all' })
  })

  test.each([
    ['SIGINT', 'group', 130],
    ['SIGTERM', 'main', 143],
    // Nobody is there to tell them: they see that the main process is gone.
    ['SIGKILL', 'main', 137],
  ] as const)('%s to the %s ends all of them', async (signal, to, code) => {
    const { options } = await withService()
    await using project = await vitestProject(`generators-${signal}`, {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': MINUTE,
    })
    const vitest = project.start(['run'])
    await wait(async () => expect(new Set(await noted(project)).size).toBe(4))
    vitest.signal(signal, to)
    const run = await vitest.ended
    expect(run.code, run.output).toBe(code)
    for (const pid of await started(project, 'workers.txt')) await gone(pid)
    if (signal === 'SIGKILL') return
    expect(run.output).toContain('mark: ended interrupted')
    const [file] = await project.runFiles()
    const [made] = file?.tests.flatMap(({ record }) => record.runs) ?? []
    expect(made).toMatchObject({ ending: 'interrupted', shape: { users: 4 } })
    await expectAllGone(project)
  })
})
