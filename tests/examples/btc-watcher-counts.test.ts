import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../examples/btc-watcher/tests/endpoints.ts'
import { everyone, families } from '../../examples/btc-watcher/tests/users/families.ts'

const README = join(import.meta.dirname, '../../examples/btc-watcher/README.md')

type Kind = (typeof everyone)[number]

const tasksOf = (kinds: readonly Kind[]): number =>
  kinds.reduce((sum, { tasks }) => sum + Object.keys(tasks).length, 0)

/** A task's weight as it is written. */
const weightOf = (task: Kind['tasks'][string] | undefined): number | undefined =>
  typeof task === 'object' && 'weight' in task ? task.weight : undefined

describe('examples/btc-watcher has what its table promises', () => {
  test.each([
    ['authentication', 3, 9],
    ['strategies', 4, 18],
    ['signals', 4, 20],
    ['combined', 2, 8],
  ] as const)('%s: %i kinds of users with %i tasks', (family, kinds, tasks) => {
    expect(families[family]).toHaveLength(kinds)
    expect(tasksOf(families[family])).toBe(tasks)
  })

  test('13 kinds of users, 55 tasks, 23 endpoints', () => {
    expect(new Set(everyone)).toEqual(new Set(Object.values(families).flat()))
    expect(everyone).toHaveLength(13)
    expect(tasksOf(everyone)).toBe(55)
    expect(new Set(Object.values(endpoints).map(({ name }) => name)).size).toBe(23)
  })

  test('the table of the README has each kind with its number of tasks', async () => {
    const text = await readFile(README, 'utf8')
    const rows = [...text.matchAll(/\| `(\w+User)` \| (\d+) \|/g)]
    const listed = rows.map(([, name, tasks]) => [name, Number(tasks)])
    expect(listed).toEqual(
      Object.values(families).flatMap((family) =>
        family.map((kind) => [kind.options.name, tasksOf([kind])]),
      ),
    )
  })

  test('each has an account, logs in first, and thinks in between', () => {
    for (const { options } of everyone) {
      expect(options).toMatchObject({ onStart: expect.any(Function), data: expect.anything() })
      expect(options.thinkTime, options.name).toBeDefined()
    }
  })

  test.each([
    ['AuthenticationUser', 'login', 10],
    ['AuthenticationUser', 'invalidLogin', 3],
    ['StrategyMixedUser', 'createAndManage', 5],
    ['SignalWebhookUser', 'buy', 10],
    ['SignalWebhookUser', 'rapid', 2],
    ['RealWorldUser', 'checkDashboard', 10],
    ['RealWorldUser', 'browseStrategies', 8],
    ['RealWorldUser', 'monitorSignals', 8],
    ['RealWorldUser', 'manageStrategy', 3],
    ['APIMonitorUser', 'checkStrategies', 10],
    ['APIMonitorUser', 'checkSignals', 10],
  ])('the weight of %s.%s is %i', (name, task, weight) => {
    const kind = everyone.find(({ options }) => options.name === name)
    expect(weightOf(kind?.tasks[task])).toBe(weight)
  })
})
