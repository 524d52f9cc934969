import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

/** Each process notes itself; the first of all is the one that Vitest itself has started. */
const HEAD = `
import { appendFileSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, once, test } from 'vitest-perf'
appendFileSync('workers.txt', process.pid + '\\n')
const first = readFileSync('workers.txt', 'utf8').split('\\n')[0] === String(process.pid)
const short = { users: 4, duration: '1s', gracefulStop: '5s' }
`

const TOGETHER = `${HEAD}
describe('a (group) › of $more', () => {
  test.for(['one', 'two'])('one [load] > of %s? "yes" \\\\ no', async (which, { load, http, server }) => {
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
    const run = await project.run(['--retry=0'])
    expect(run.output).toContain('x')
    expect(run.code, run.output).toBe(0)
  })
})
