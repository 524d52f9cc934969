import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { rows } from '../../src/data/sources.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { serve } from '../support/servers.ts'

const load = (options: LoadOptions, workload: Workload, baseUrl?: string): Promise<LoadRun> =>
  runLoad(options, workload, loadEnvironment({ baseUrl }))

/** What each user did, in order. */
const diary = (): { note: (user: number, what: string) => void; of: Map<number, string[]> } => {
  const of = new Map<number, string[]>()
  const note = (user: number, what: string): void =>
    void of.set(user, [...(of.get(user) ?? []), what])
  return { note, of }
}

describe('stages of users', () => {
  test('users come, leave after an iteration, and come back as the same ones', async () => {
    const { note, of } = diary()
    const visitor = defineUser(
      {
        name: 'visitor',
        thinkTime: '1h',
        data: rows(['anna', 'ben', 'cleo'], { pick: 'unique' }),
        onStart: ({ user, row, state }) => note(user, `${row} starts ${JSON.stringify(state)}`),
        onStop: ({ user }) => note(user, 'stops'),
      },
      { visit: ({ user, iteration, row }) => note(user, `${row} ${iteration}`) },
    )
    const run = await load(
      {
        startUsers: 3,
        stages: [
          { users: 3, duration: 400 },
          { users: 1, duration: 0 },
          { users: 1, duration: 400 },
          { users: 3, duration: 0 },
          { users: 3, duration: 400 },
        ],
      },
      visitor,
    )
    expect(of.get(0)).toEqual(['anna starts {}', 'anna 0', 'stops'])
    for (const [user, name] of [
      [1, 'ben'],
      [2, 'cleo'],
    ] as const) {
      const twice = [`${name} starts {}`, `${name} 0`, 'stops', `${name} starts {}`, `${name} 1`]
      expect(of.get(user)).toEqual([...twice, 'stops'])
    }
    expect(run.phases.map(({ name }) => name)).toEqual(['graceful stop'])
    expect(run.iterations).toMatchObject({ count: 5, ok: 5 })
    expect(run.shape).toMatchObject({ users: 3, duration: 1_200 })
  })

  test('one who is to leave has the graceful stop to finish', async () => {
    const { note, of } = diary()
    const visitor = defineUser(
      { name: 'visitor', onStop: ({ user }) => note(user, 'stops') },
      {
        visit: async ({ user, signal }) => {
          await sleep(user === 1 ? 700 : 20)
          if (user === 1) note(user, `ends, aborted: ${signal.aborted}`)
        },
      },
    )
    const stages = [
      { users: 2, duration: 400 },
      { users: 1, duration: 0 },
      { users: 1, duration: 800 },
    ]
    const run = await load({ startUsers: 2, stages }, visitor)
    expect(of.get(1)).toEqual(['ends, aborted: false', 'stops'])
    expect(run.iterations).toMatchObject({ failed: 0, aborted: 0 })
  })

  test('whoever is not done then is cut off, while the others go on', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/hangs') return
      setTimeout(() => response.end('{}'), 5)
    })
    let cutAt = 0
    const started = performance.now()
    const run = await load(
      {
        startUsers: 2,
        gracefulStop: 100,
        stages: [
          { users: 2, duration: 400 },
          { users: 1, duration: 0 },
          { users: 1, duration: 1_200 },
        ],
      },
      async ({ http, user, signal }) => {
        signal.addEventListener('abort', () => (cutAt ||= performance.now() - started))
        await http.get(user === 1 ? '/hangs' : '/answers')
      },
      server.url,
    )
    expect(run.request('GET /hangs')).toMatchObject({ count: 0, aborted: 1 })
    expect(run.request('GET /hangs').outcomes).toEqual({ cutOff: 1 })
    expect(run.request('GET /answers')).toMatchObject({ failed: 0, aborted: 0 })
    expect(cutAt).toBeGreaterThan(490)
    expect(cutAt).toBeLessThan(1_600)
    await server.emptied()
  })

  test('last as long as they say, also when the last user has left before', async () => {
    const stages = [
      { users: 2, duration: 50 },
      { users: 0, duration: 50 },
      { users: 0, duration: 200 },
    ]
    const run = await load({ stages }, () => sleep(5))
    expect(run.duration).toBeGreaterThan(290)
    expect(run.ending).toBe('complete')
  })
})

test('in a ramp-down users leave evenly, in a phase of its own that is not judged', async () => {
  const last = new Map<number, number>()
  const started = performance.now()
  const options = { users: 4, duration: 100, rampDown: 400 }
  const run = await load(options, async ({ user }) => {
    last.set(user, performance.now() - started)
    await sleep(5)
  })
  expect(run.phases.map(({ name }) => name)).toEqual(['ramp-down', 'graceful stop'])
  const [down] = run.phases
  expect(down?.summary.iterations.ok).toBeGreaterThan(0)
  expect(down?.summary.duration).toBeGreaterThan(300)
  expect(run.duration).toBeLessThan(run.elapsed - 300)
  expect(last.get(0)).toBeGreaterThan(last.get(3) ?? Infinity)
  expect(run.shape.rampDown).toBe(400)
})

describe('iterations of each user', () => {
  test('are exactly so many', async () => {
    const { note, of } = diary()
    const options = { users: 5, iterationsPerUser: 7, rampUp: 20 }
    const run = await load(options, async ({ user, iteration }) => {
      note(user, String(iteration))
      await sleep(user)
    })
    const seven = ['0', '1', '2', '3', '4', '5', '6']
    expect([...of.values()]).toEqual([seven, seven, seven, seven, seven])
    expect(assertDelivered(run).iterations.count).toBe(35)
  })

  test('that are not done at maxDuration are a load that was not delivered', async () => {
    const options = { users: 2, iterationsPerUser: 1_000, maxDuration: 50 }
    const run = await load(options, () => sleep(10))
    expect(messageOf(() => void assertDelivered(run))).toMatch(
      /^the load was not delivered: \d+ of 2000 iterations had ended after/,
    )
  })
})

test("judge: 'all' judges everything from the start to the end of the ramp-down", async () => {
  const options = { users: 4, rampUp: 100, warmUp: 50, duration: 100, rampDown: 100 } as const
  const run = await load({ ...options, judge: 'all' }, () => sleep(5))
  expect(run.phases.map(({ name }) => name)).toEqual(['graceful stop'])
  expect(run.duration).toBeGreaterThan(340)
  expect(run.shape).toMatchObject({ judge: 'all', duration: 100, rampDown: 100 })
  const [rest] = run.phases
  expect(rest?.summary.iterations.count).toBe(0)
})

test('with equal think time no user has less than half of the iterations of the median', async () => {
  const counts = new Map<number, number>()
  const user = defineUser(
    { name: 'thinker', thinkTime: 100 },
    { think: ({ user: number, iteration }) => void counts.set(number, iteration + 1) },
  )
  await load({ users: 200, duration: '2s' }, user)
  const all = [...counts.values()].toSorted((left, right) => left - right)
  expect(all).toHaveLength(200)
  const median = all[100] as number
  expect(median).toBeGreaterThan(4)
  expect(all[0]).toBeGreaterThanOrEqual(median / 2)
})
