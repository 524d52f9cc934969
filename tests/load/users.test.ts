import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest'
import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { csv, rows } from '../../src/data/sources.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { restOf } from '../../src/load/task-user.ts'
import { defineUser, sequence } from '../../src/load/user-definition.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { loadEnvironment } from '../support/load-environment.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Answers everything at once, but `/fails` with a 500, and notes the paths. */
async function service(): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    response.statusCode = request.url === '/fails' ? 500 : 200
    response.end('{}')
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths }
}

const load = (
  baseUrl: string | undefined,
  options: LoadOptions,
  users: Workload,
): Promise<LoadRun> => runLoad(options, users, loadEnvironment({ baseUrl }))

const short: LoadOptions = { users: 3, iterations: 30 }

describe('a kind of users', () => {
  test('starts once, does its tasks by weight, stops once; starting and stopping are in no iteration', async () => {
    const { url, paths } = await service()
    const user = defineUser(
      {
        name: 'reader',
        onStart: async ({ http, user }) => {
          await http.get('/log-in')
          return { token: `token ${user}` }
        },
        onStop: ({ http, state }) => http.get(`/log-out?${state.token.replace(' ', '')}`),
      },
      {
        read: {
          weight: 9,
          run: ({ http, state }) => http.get('/read', { headers: { x: state.token } }),
        },
        write: ({ http }) => http.post('/write'),
      },
    )
    const run = await load(url, { ...short, iterations: 300 }, user)
    expect(run.iterations.count).toBe(300)
    expect(run.request('GET /log-in').count).toBe(3)
    expect(run.requests.map(({ name }) => name)).not.toContain('GET /log-out')
    expect(paths.filter((path) => path.startsWith('/log-out')).toSorted()).toEqual([
      '/log-out?token0',
      '/log-out?token1',
      '/log-out?token2',
    ])
    const reads = run.request('GET /read').count
    expect(reads / 300).toBeGreaterThan(0.82)
    expect(reads / 300).toBeLessThan(0.97)
  })

  test('that cannot start tries again, and each try is a failed iteration', async () => {
    const { url } = await service()
    let tries = 0
    const user = defineUser(
      { name: 'late', onStart: ({ http }) => http.get(++tries < 3 ? '/fails' : '/log-in') },
      { read: ({ http }) => http.get('/read') },
    )
    const run = await load(url, { users: 1, iterations: 5 }, user)
    expect(run.iterations).toMatchObject({ count: 5, ok: 3, failed: 2 })
    expect(run.request('GET /read').count).toBe(3)
  })

  test('a sequence is done step by step, each an iteration; a step that fails ends it', async () => {
    const { url, paths } = await service()
    let passes = 0
    const user = defineUser(
      { name: 'buyer' },
      {
        buy: sequence([
          ({ http }) => http.get('/a'),
          ({ http }) => http.get(passes++ === 1 ? '/fails' : '/b'),
          ({ http }) => http.get('/c'),
        ]),
      },
    )
    const run = await load(url, { users: 1, iterations: 8 }, user)
    expect(paths).toEqual(['/a', '/b', '/c', '/a', '/fails', '/a', '/b', '/c'])
    expect(run.iterations).toMatchObject({ count: 8, failed: 1 })
  })

  test('thinks between its tasks; no think time is in an iteration', async () => {
    const { url } = await service()
    const user = defineUser(
      { name: 'thinker', thinkTime: '150ms' },
      { read: ({ http }) => http.get('/read') },
    )
    const run = await load(url, { users: 1, iterations: 5 }, user)
    expect(run.duration).toBeGreaterThanOrEqual(4 * 149)
    expect(run.iterations.latency.p50).toBeLessThan(150)
  })

  test.each([
    [1_000, 1_030, 50, 'a task of 30 ms is followed by 50 ms of waiting'],
    [1_000, 1_080, 0, 'one that takes as long as the pacing by none'],
    [1_000, 1_500, 0, 'one that takes longer by none either'],
  ])('with a pacing of 80 ms, from %d to %d: waits %d ms, %s', (startedAt, endedAt, wait) => {
    const kind = { pacing: 80, thinkTime: undefined }
    expect(restOf(kind, { startedAt, endedAt, random: seededRandom(1) })).toBe(wait)
  })

  test('with a pacing never starts a task before it is due', async () => {
    const user = defineUser({ name: 'paced', pacing: '80ms' }, { rest: () => {} })
    const run = await load(undefined, { users: 1, iterations: 4 }, user)
    // From the first start to the fourth; a timer may be a millisecond early.
    expect(run.duration).toBeGreaterThanOrEqual(3 * 79)
  })

  test('the end of a load ends a think time', async () => {
    const user = defineUser({ name: 'slow', thinkTime: '1h' }, { rest: () => {} })
    const run = await load(undefined, { users: 2, duration: 100 }, user)
    expect(run.iterations.count).toBe(2)
    expect(run.elapsed).toBeLessThan(10_000)
  })

  test('is built upon another: options and tasks of the base, unless it has its own', async () => {
    const { url } = await service()
    const base = defineUser(
      { name: 'base', thinkTime: 1, onStart: ({ http }) => http.get('/log-in') },
      { read: ({ http }) => http.get('/read'), write: ({ http }) => http.get('/write') },
    )
    const own = defineUser(
      { name: 'own', extends: base },
      { write: ({ http }) => http.get('/own') },
    )
    const run = await load(url, { users: 1, iterations: 40 }, own)
    expect(run.requests.map(({ name }) => name).toSorted()).toEqual([
      'GET /log-in',
      'GET /own',
      'GET /read',
    ])
  })

  test('gets rows of data: the next one for each iteration, or one of its own', async () => {
    const seen: string[] = []
    const names = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
    const next = defineUser(
      { name: 'account', data: names },
      {
        look: ({ row }) => {
          expectTypeOf(row.name).toBeString()
          seen.push(row.name)
        },
      },
    )
    await load(undefined, { users: 1, iterations: 7 }, next)
    expect(seen.join('')).toBe('abcabca')

    const own = new Map<number, Set<string>>()
    const keeping = defineUser(
      { name: 'account', data: rows(names, { pick: 'unique' }) },
      {
        look: ({ user, row }) => {
          own.set(user, (own.get(user) ?? new Set()).add(row.name))
        },
      },
    )
    await load(undefined, { users: 3, duration: 50 }, keeping)
    const kept = [...own.values()].map((each) => [...each].join())
    expect(kept.toSorted()).toEqual(['a', 'b', 'c'])
    await expect(load(undefined, { users: 4, duration: 50 }, keeping)).rejects.toThrow('4 users')
  })
})

describe('several kinds in one load', () => {
  test('share its users by weight', async () => {
    const { url } = await service()
    const kind = (name: string, weight: number) =>
      defineUser({ name, weight, onStart: ({ http }) => http.get(`/${name}`) }, { rest: () => {} })
    const run = await load(url, { users: 12, iterations: 200 }, [kind('chat', 3), kind('read', 1)])
    expect(run.request('GET /chat').count).toBe(9)
    expect(run.request('GET /read').count).toBe(3)
  })

  test('one seed gives one sequence of tasks, whatever else a task draws', async () => {
    const tasksOf = async (seed: number, draws: number): Promise<string> => {
      const done: string[] = []
      const task =
        (name: string) =>
        ({ random }: { random: () => number }) => {
          for (let draw = 0; draw < draws; draw++) random()
          done.push(name)
        }
      const user = defineUser({ name: 'u' }, { a: task('a'), b: task('b') })
      await load(undefined, { users: 1, iterations: 40, seed }, user)
      return done.join('')
    }
    expect(await tasksOf(5, 0)).toBe(await tasksOf(5, 3))
    expect(await tasksOf(5, 0)).not.toBe(await tasksOf(6, 0))
  })
})

describe('in an open load', () => {
  test('each arrival is a task of a user, who starts with its first one', async () => {
    const { url, paths } = await service()
    const user = defineUser(
      { name: 'u', onStart: ({ http }) => http.get('/log-in') },
      { read: ({ http, user: number }) => http.get(`/read?${number}`) },
    )
    // As many users as arrivals, so that none is dropped however busy the machine is.
    const run = await load(url, { rate: '100/s', duration: '300ms', maxUsers: 30 }, user)
    expect(run.arrivals).toMatchObject({ intended: 30, dropped: 0 })
    expect(run.request('GET /read').count).toBe(30)
    const users = new Set(paths.filter((path) => path.startsWith('/read')))
    expect(run.request('GET /log-in').count).toBe(users.size)
  })

  test('users have no pace of their own', async () => {
    const user = defineUser({ name: 'u', thinkTime: '1s' }, { rest: () => {} })
    await expect(load(undefined, { rate: 5, duration: '1s' }, user)).rejects.toThrow(
      'u.thinkTime has no meaning in a load with a rate',
    )
  })
})

describe('mistakes come before any traffic', () => {
  const task = { rest: () => {} }

  test.each<[string, unknown]>([
    ['no tasks', defineUser({ name: 'u' }, {})],
    ['no name', defineUser({ name: '' }, task)],
    ['an unknown option', defineUser({ name: 'u', thinktime: 5 } as never, task)],
    ['think time and pacing', defineUser({ name: 'u', thinkTime: 1, pacing: 1 }, task)],
    [
      'several',
      defineUser({ name: 'u', weight: -1, thinkTime: '5' as never, fixedCount: 0.5 }, {}),
    ],
    ['one name twice', [defineUser({ name: 'u' }, task), defineUser({ name: 'u' }, task)]],
    ['more fixed users than users', defineUser({ name: 'u', fixedCount: 10 }, task)],
    ['fixed users only, and too few', defineUser({ name: 'u', fixedCount: 1 }, task)],
    ['no rows of data', defineUser({ name: 'u', data: [] as never }, task)],
    ['what is neither a scenario nor users', { name: 'u' }],
    ['an empty list', []],
  ])('%s', async (_what, users) => {
    const { url, paths } = await service()
    await expect(load(url, short, users as Workload)).rejects.toThrowErrorMatchingSnapshot()
    expect(paths).toEqual([])
  })

  test('a file that is not there', async () => {
    const { url, paths } = await service()
    const user = defineUser({ name: 'u', data: csv('no-such.csv') }, task)
    await expect(load(url, short, user)).rejects.toThrow(
      'no-such.csv is not a file that can be read',
    )
    expect(paths).toEqual([])
  })
})
