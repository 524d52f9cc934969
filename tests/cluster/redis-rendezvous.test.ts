import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Generator } from '../support/generators.ts'
import { generator } from '../support/generators.ts'
import { redisServer, type RedisServer } from '../support/redis-server.ts'

const shared: { redis?: RedisServer } = {}
beforeAll(async () => void (shared.redis = await redisServer()))
afterAll(async () => shared.redis?.[Symbol.asyncDispose]())

const facts = { version: '1.0.0' }

/** So many generators of one run, each in a process of its own, all in their places. */
async function meet(run: string, of: number): Promise<Generator[]> {
  const url = shared.redis?.url ?? ''
  const all = Array.from({ length: of }, (_, index) =>
    generator({ url, run, share: { index, of }, facts }),
  )
  await Promise.all(all.map(({ joined }) => joined))
  return all
}

describe('what generators of several processes agree on through Redis', () => {
  test('one makes, all have; a barrier opens when all have come; entries keep their order', async () => {
    const [first, second, third] = (await meet('agree', 3)) as [Generator, Generator, Generator]

    const made = await Promise.all([
      first.make('seed', { value: 'one' }),
      second.make('seed', { value: 'two' }),
      third.make('seed', { value: 'three' }),
    ])
    expect(new Set(made).size).toBe(1)
    expect(await second.make('seed', { value: 'late' })).toBe(made[0])

    const order: string[] = []
    const coming = [first, second].map((each) => each.come('start').then(() => order.push('open')))
    await first.make('something else', { value: 'in between' })
    order.push('last comes')
    await Promise.all([...coming, third.come('start')])
    expect(order).toEqual(['last comes', 'open', 'open'])

    await Promise.all([
      first.append('pulses', 'a0').then(() => first.append('pulses', 'a1')),
      Promise.all([third.append('pulses', 'c0'), third.append('pulses', 'c1')]),
    ])
    const entries = await second.read('pulses', 4)
    const of = (index: number): unknown[] =>
      entries
        .filter((entry) => entry.generator === index)
        .map(({ sequence, data }) => [sequence, data])
    expect(of(0)).toEqual([
      [0, 'a0'],
      [1, 'a1'],
    ])
    expect(of(2)).toEqual([
      [0, 'c0'],
      [1, 'c1'],
    ])
  })

  test('what a maker throws reaches all', async () => {
    const [first, second] = (await meet('fails', 2)) as [Generator, Generator]
    await expect(first.make('users', { fails: 'no such table' })).rejects.toThrow('no such table')
    await expect(second.make('users', { value: 'x' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[Error: run fails, a.perf.ts: generator 1 of 2 could not make "users": no such table]`,
    )
  })

  test('each knows the clock of the server, however wrong its own is', async () => {
    const [first, second] = (await meet('clock', 2)) as [Generator, Generator]
    for (const each of [first, second]) {
      const { uncertainty, wrong } = await each.clock()
      expect(uncertainty).toBeGreaterThan(0)
      // Redis has the clock of this machine, which is read a moment later.
      expect(Math.abs(wrong)).toBeLessThan(uncertainty + 500)
    }
  })

  test('every key is of this run, and goes by itself', async () => {
    const [first, second] = (await meet('keys', 2)) as [Generator, Generator]
    await Promise.all([first.make('a', { value: 'b' }), second.append('c', 'd')])
    await Promise.all([first.come('e'), second.come('e')])
    await first.leave()
    const { redis } = shared
    const keys = (await redis?.cli('KEYS', 'vitest-perf:{keys}*'))?.split('\n') ?? []
    expect(keys.map((key) => key.slice('vitest-perf:{keys}:'.length)).toSorted()).toEqual(
      'a.perf.ts:alive a.perf.ts:counts:c a.perf.ts:event:e a.perf.ts:left a.perf.ts:made:a a.perf.ts:sent a.perf.ts:stream:c at claims run who'.split(
        ' ',
      ),
    )
    for (const key of keys) {
      const left = Number(await redis?.cli('TTL', key))
      expect(left).toBeGreaterThan(86_000)
      expect(left).toBeLessThanOrEqual(86_400)
    }
    // The last one takes along what nobody reads any more.
    await second.leave()
    expect(await redis?.cli('KEYS', 'vitest-perf:{keys}*:stream:*')).toBe('')
  })
})
