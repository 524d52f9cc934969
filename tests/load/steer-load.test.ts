import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { rows } from '../../src/data/sources.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import type { SteerCommand } from '../../src/load/steering.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { serve } from '../support/servers.ts'
import { steeredLoad } from '../support/steered-load.ts'

const STOP = { kind: 'stop' } as const
const NEXT = { kind: 'next-phase' } as const
const LONG = '10min' as const

describe('the users of a closed load', () => {
  test('become more and fewer, and the timeline and the marks of the run say so', async () => {
    await using server = await serve((_request, response) => {
      setTimeout(() => response.end('{}'), 5)
    })
    const load = await steeredLoad({ users: 10, duration: LONG }, ({ http }) => http.get('/a'), {
      baseUrl: server.url,
    })
    const users = (): number | undefined => load.ticks.at(-1)?.users
    await expect.poll(users, { timeout: 5_000 }).toBe(10)
    expect(load.steer({ kind: 'users', users: 50 })).toEqual({ ok: true, said: 'users 10 → 50' })
    await expect.poll(users, { timeout: 5_000 }).toBe(50)
    expect(load.steer({ kind: 'users', users: 3 })).toEqual({ ok: true, said: 'users 50 → 3' })
    await expect.poll(users, { timeout: 5_000 }).toBe(3)
    expect(load.ticks.at(-1)).toMatchObject({
      asked: { users: 3 },
      steered: [{ text: 'users 10 → 50' }, { text: 'users 50 → 3' }],
    })
    load.steer(STOP)
    const run = await load.run
    expect(run).toMatchObject({ ending: 'stopped', reason: 'stopped by hand', failed: 0 })
    expect(run.marks?.map(({ kind, text }) => [kind, text])).toEqual([
      ['steered', 'users 10 → 50'],
      ['steered', 'users 50 → 3'],
      ['steered', 'stopped by hand'],
    ])
    expect(Math.max(...run.timeline.map((each) => each.users ?? 0))).toBe(50)
    expect(run.generator.users.reached).toBe(50)
    expect(assertDelivered(run).shape).toMatchObject({ users: 10 })
    await server.emptied()
  })

  test('come at the rate of the ramp-up, or at one that is said', async () => {
    const load = await steeredLoad({ users: 1, rampUp: 10, duration: LONG })
    await expect.poll(load.users).toBe(1)
    const began = performance.now()
    // 1 user in 10 ms is 100 in a second.
    load.steer({ kind: 'users', users: 41 })
    await expect.poll(load.users, { timeout: 5_000, interval: 5 }).toBe(41)
    expect(performance.now() - began).toBeGreaterThan(380)
    load.steer({ kind: 'users', users: 21, perSecond: 50 })
    expect(load.users()).toBeGreaterThan(35)
    await expect.poll(load.users, { timeout: 5_000, interval: 5 }).toBe(21)
    expect(performance.now() - began).toBeGreaterThan(780)
    load.steer(STOP)
    await load.run
  })

  test('leave after their iteration, also out of their think time, and come back as the same', async () => {
    const seen: string[] = []
    const thinker = defineUser(
      {
        name: 'thinker',
        thinkTime: '1h',
        data: rows(['anna', 'ben'], { pick: 'unique' }),
        onStop: ({ user }) => void seen.push(`${user} leaves`),
      },
      { think: ({ user, row, iteration }) => void seen.push(`${user} ${row} ${iteration}`) },
    )
    const load = await steeredLoad({ users: 2, duration: LONG }, thinker)
    await expect.poll(() => seen).toEqual(['0 anna 0', '1 ben 0'])
    load.steer({ kind: 'users', users: 1 })
    await expect.poll(() => seen.slice(2)).toEqual(['1 leaves'])
    load.steer({ kind: 'users', users: 2 })
    await expect.poll(() => seen.slice(3)).toEqual(['1 ben 1'])
    // There is no row for a third.
    expect(load.steer({ kind: 'users', users: 3 })).toEqual({
      ok: false,
      message: expect.stringMatching(/^an array has 2 rows for 3 users/),
    })
    load.steer(STOP)
    expect((await load.run).marks).toHaveLength(3)
  })

  test('who do not end their iteration are cut off after the graceful stop', async () => {
    const ended: string[] = []
    const options: LoadOptions = { users: 2, duration: LONG, gracefulStop: 50 }
    const load = await steeredLoad(options, async ({ user, signal }) => {
      if (user === 0) return sleep(10)
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve())
      })
      return ended.push('cut')
    })
    await sleep(50)
    load.steer({ kind: 'users', users: 1 })
    await expect.poll(() => ended).toEqual(['cut'])
    load.steer(STOP)
    const run = await load.run
    expect(run.iterations.ok).toBeGreaterThan(0)
  })

  test('are as many as are said in a load of iterations, too', async () => {
    const load = await steeredLoad({ users: 1, iterations: 200 })
    load.steer({ kind: 'users', users: 20 })
    const run = await load.run
    expect(run).toMatchObject({ ending: 'complete', iterations: { ok: 200 } })
    expect(run.generator.users).toEqual({ asked: 20, reached: 20 })
  })

  test('stay as said: stages that were to come no longer apply', async () => {
    const stages = [
      { users: 2, duration: 200 },
      { users: 40, duration: 0 },
      { users: 40, duration: 300 },
    ]
    const load = await steeredLoad({ startUsers: 2, stages })
    load.steer({ kind: 'users', users: 5 })
    expect(load.steer({ kind: 'users', users: 5 })).toEqual({ ok: true, said: 'users 5 already' })
    const run = await load.run
    expect(run.ending).toBe('complete')
    expect(run.generator.users.reached).toBe(5)
  })
})

describe('the rate of an open load', () => {
  test('changes from now on', async () => {
    const load = await steeredLoad({ rate: 1, duration: LONG })
    const count = (): number => load.ticks.at(-1)?.count ?? 0
    expect(load.steer({ kind: 'rate', perSecond: 500 })).toEqual({
      ok: true,
      said: 'rate 1/s → 500/s',
    })
    await expect.poll(count, { timeout: 10_000 }).toBeGreaterThan(400)
    // From here on next to nothing comes.
    load.steer({ kind: 'rate', perSecond: 0.01 })
    expect(load.ticks.at(-1)).toMatchObject({ asked: { perSecond: 0.01 } })
    const before = count()
    await sleep(300)
    load.steer(STOP)
    const run = await load.run
    expect(run.arrivals?.started).toBeLessThanOrEqual(before + 20)
    expect(run.arrivals?.dropped).toBe(0)
    assertDelivered(run)
  })

  test('has more users at its disposal when it needs them, but no more than the test allows', async () => {
    const usual = await steeredLoad({ rate: 1, duration: LONG })
    usual.steer({ kind: 'rate', perSecond: 50 })
    usual.steer(STOP)
    expect((await usual.run).generator.users.asked).toBe(500)
    const few = await steeredLoad({ rate: 1, maxUsers: 2, duration: LONG })
    few.steer({ kind: 'rate', perSecond: 50 })
    few.steer(STOP)
    expect((await few.run).generator.users.asked).toBe(2)
  })
})

describe('the next phase', () => {
  const FOUR = { rampUp: '1h', warmUp: '1h', duration: LONG, rampDown: 50 } as const
  const PHASES = ['ramp-up', 'warm-up', 'ramp-down', 'graceful stop']

  test.each<[string, LoadOptions]>([
    ['of users', { users: 10, ...FOUR }],
    ['of a rate', { rate: 200, ...FOUR }],
  ])('begins at once, one after the other: %s', async (_, options) => {
    const load = await steeredLoad(options)
    const said: unknown[] = []
    for (let at = 0; at < 3; at++) {
      await sleep(50)
      said.push(load.steer(NEXT))
    }
    expect(said).toEqual(
      ['warm-up', 'steady', 'ramp-down'].map((name) => ({ ok: true, said: `next phase: ${name}` })),
    )
    const run = await load.run
    expect(run.ending).toBe('complete')
    expect(run.phases.map(({ name }) => name)).toEqual(PHASES)
    expect(run.duration).toBeLessThan(10_000)
    expect(run.iterations.ok).toBeGreaterThan(0)
  })

  test('is the next stage, with its users', async () => {
    const stages = [
      { users: 2, duration: LONG },
      { users: 12, duration: 0 },
      { users: 12, duration: LONG },
    ]
    const load = await steeredLoad({ startUsers: 2, stages })
    await expect.poll(load.users).toBe(2)
    expect(load.steer(NEXT)).toEqual({ ok: true, said: 'next phase: stage 2 of 2' })
    await expect.poll(load.users).toBe(12)
    expect(load.steer(NEXT)).toEqual({ ok: true, said: 'stopped by hand' })
    expect((await load.run).ending).toBe('stopped')
  })

  test('ends a warm-up that is looked for', async () => {
    const warmUp = { atMost: '1h' } as const
    const load = await steeredLoad({ users: 2, warmUp, duration: 100 })
    await sleep(50)
    expect(load.steer(NEXT)).toEqual({ ok: true, said: 'next phase: steady' })
    const run = await load.run
    expect(run.ending).toBe('complete')
    expect(run.phases.map(({ name }) => name)).toEqual(['warm-up', 'graceful stop'])
  })

  test('of a load that its limits keep going begins earlier, and it ends earlier', async () => {
    const load = await steeredLoad({
      users: 2,
      rampUp: '1h',
      duration: 100,
      limits: { p95: '5s' },
      verdict: { onInconclusive: 'extend' },
    })
    await sleep(20)
    load.steer(NEXT)
    const run = await load.run
    expect(run.ending).toBe('complete')
    expect(run.elapsed).toBeLessThan(30_000)
  })
})

describe('a stop', () => {
  test('lets what is under way come to its end', async () => {
    const load = await steeredLoad({ users: 2, duration: LONG })
    await expect.poll(load.users).toBe(2)
    expect(load.steer(STOP)).toEqual({ ok: true, said: 'stopped by hand' })
    expect(load.steer(STOP)).toMatchObject({ ok: false, message: /ending already/ })
    const { ending, iterations } = await load.run
    expect([ending, iterations.aborted]).toEqual(['stopped', 0])
  })

  test('by force cuts it off, also when it is ending', async () => {
    const begun: number[] = []
    const load = await steeredLoad({ users: 2, duration: LONG }, ({ user, pause }) => {
      begun.push(user)
      return pause('1h')
    })
    await expect.poll(() => begun).toEqual([0, 1])
    load.steer(STOP)
    expect(load.steer({ kind: 'stop', force: true })).toEqual({ ok: true, said: 'cut off by hand' })
    const { ending, iterations } = await load.run
    expect([ending, iterations.aborted]).toEqual(['stopped', 2])
  })
})

const CLOSED: LoadOptions = { users: 2, duration: LONG }
const STEPS: LoadOptions = {
  steps: { by: 1, every: LONG, upTo: 2 },
  limits: { p95: '5s' },
}

test.each<[string, LoadOptions, SteerCommand, string]>([
  [
    'a rate of users',
    CLOSED,
    { kind: 'rate', perSecond: 5 },
    'its users start an iteration when the last has ended: change the number of users',
  ],
  [
    'users of a rate',
    { rate: 5, duration: LONG },
    { kind: 'users', users: 5 },
    'it starts iterations at a rate, whatever its users are at: change its rate',
  ],
  [
    'more users in steps',
    STEPS,
    { kind: 'users', users: 5 },
    'it climbs in steps, by its limits: it can be stopped, and that is all',
  ],
  [
    'the next phase of one run of several',
    { ...CLOSED, repeats: 3 },
    NEXT,
    'it is one of 3 runs that are to be alike: it can be stopped, and that is all',
  ],
])('%s: refused', async (_, options, command, why) => {
  const load = await steeredLoad(options)
  const message = `this load cannot do that: ${why}`
  expect(load.steer(command)).toEqual({ ok: false, message })
  load.steer(STOP)
  expect((await load.run).marks).toHaveLength(1)
})

test('a load says what it is', async () => {
  const options = { users: 4, rampUp: '1s', duration: '1min' } as const
  const load = await steeredLoad(options, undefined, { title: 'a test' })
  expect(load.describe()).toEqual({
    id: expect.any(String),
    title: 'a test',
    model: 'closed',
    planned: { users: 4 },
    phases: [
      { name: 'ramp-up', from: 0 },
      { name: 'steady', from: 1_000 },
    ],
    length: 61_000,
  })
  load.steer(STOP)
  await load.run
})
