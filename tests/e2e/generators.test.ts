import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

/** Each process notes itself; the first of all is the one that Vitest itself has started. */
const HEAD = `
import { appendFileSync, readFileSync, writeSync } from 'node:fs'
import { afterAll, describe, expect, once, test } from 'vitest-perf'
appendFileSync('workers.txt', process.pid + '\\n')
const first = readFileSync('workers.txt', 'utf8').split('\\n')[0] === String(process.pid)
const short = { users: 4, duration: '1s', gracefulStop: '5s' }
`

const TOGETHER = `${HEAD}
describe('a (group) › of $more', () => {
  test.for(['one', 'two'])('one [load] > of %s? "yes" \\\\ no', { retry: 1 }, async (which, { load, http, server }) => {
    await server.restart()
    const path = await once('path of ' + which, () => {
      console.log('mark: made', which)
      return '/'
    })
    const alone = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/alone'))
    const users = new Set()
    const run = await load({ ...short, generators: 2 }, async ({ http, user, pause }) => {
      users.add(user)
      await http.get(path)
      await pause(50)
    })
    const again = await load({ users: 2, iterations: 40, generators: 2 }, ({ http }) => http.get('/again'))
    expect(alone.count).toBe(3)
    expect(again.count).toBe(40)
    expect(run.generators.map(({ number, iterations }) => [number, iterations.failed])).toEqual([[1, 0], [2, 0]])
    console.log('mark: users', [...users].toSorted().join(' '))
    if (first && which === 'two' && !failed.has(which)) {
      failed.add(which)
      expect(run).toHaveP95Below('0.001ms')
    }
    if (!first) throw new Error('the verdict of a follower is nobody\\'s')
  })
  const failed = new Set()
})
test('another one', () => console.log('mark: another'))
`

const BROKEN = `${HEAD}
test('throws before', async ({ load }) => {
  if (!first) throw new TypeError('no table for me')
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('dies before', async ({ load }) => {
  if (!first) writeSync(2, 'last words')
  if (!first) process.kill(process.pid, 'SIGKILL')
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('dies in it', async ({ load }) => {
  if (!first) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_500)
  await load({ ...short, duration: '60s', generators: 2 }, ({ http }) => http.get('/'))
})
test('ends before the second', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  if (!first) return
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('wants another number', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  await load({ ...short, generators: 3 }, ({ http }) => http.get('/'))
})
test('searches', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  await load.findCapacity({ rate: ['10/s', '20/s'], limits: { p95: '5s' } }, ({ http }) => http.get('/'))
})
test('few users', ({ load }) => load({ users: 1, duration: '1s', generators: 2 }, ({ http }) => http.get('/')))
test('no number', ({ load }) => load({ ...short, generators: 0 }, ({ http }) => http.get('/')))
`

const MINUTE = `${HEAD}
test('a minute', async ({ load }) => {
  const options = { users: 4, duration: '60s', gracefulStop: '500ms', generators: 2 }
  const run = await load(options, async ({ http, user, iteration, pause }) => {
    await http.get('/')
    if (iteration === 3) appendFileSync('busy.txt', user + '\\n')
    await pause(50)
  })
  console.log('mark: ended', run.ending)
})
`

const started = async (project: VitestProject, file: string): Promise<number[]> =>
  (await project.read(file)).split('\n').filter(Boolean).map(Number)

async function expectAllGone(project: VitestProject): Promise<void> {
  for (const file of ['workers.txt', 'pids.txt']) {
    for (const pid of await started(project, file)) await until(() => isGone(pid))
  }
}

describe('a load of several generators', { timeout: 90_000 }, () => {
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
    expect(file?.tests.map(({ record }) => record.runs.length)).toEqual([3, 6, 0])
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
    const busy = (): Promise<number[]> => started(project, 'busy.txt').catch(() => [])
    await until(async () => (await busy()).length === 4)
    vitest.signal(signal, to)
    const run = await vitest.ended
    expect(run.code, run.output).toBe(code)
    for (const pid of await started(project, 'workers.txt')) await until(() => isGone(pid))
    if (signal === 'SIGKILL') return
    expect(run.output).toContain('mark: ended interrupted')
    const [file] = await project.runFiles()
    const [made] = file?.tests.flatMap(({ record }) => record.runs) ?? []
    expect(made).toMatchObject({ ending: 'interrupted', shape: { users: 4 } })
    await expectAllGone(project)
  })
})
