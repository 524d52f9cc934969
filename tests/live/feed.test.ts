import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LiveFeed } from '../../src/live/feed.ts'
import type { LivePage } from '../../src/live/live-page.ts'

const page = (...log: string[]): LivePage => ({
  kind: 'dashboard',
  id: '',
  state: 'waiting',
  loads: [],
  log,
  notes: [],
})

/** A feed whose page is another one each time it is made. */
function counting(every: number, make = (count: number): LivePage => page(String(count))) {
  const state = { made: 0 }
  const feed = new LiveFeed(() => Promise.resolve(make(++state.made)), every)
  return { feed, state }
}

describe('pages', () => {
  test('are made while somebody looks, and not else', async () => {
    const { feed, state } = counting(1)
    await sleep(50)
    expect(state.made).toBe(0)
    const first = await feed.now()
    await sleep(50)
    expect(state.made).toBe(1)
    expect((await feed.next(first.number, 10_000))?.page.log).toEqual(['2'])
  })

  test('are made once for all who look', async () => {
    const { feed, state } = counting(20)
    const first = await feed.now()
    const seconds = await Promise.all([1, 2, 3, 4].map(() => feed.next(first.number, 10_000)))
    expect(new Set(seconds).size).toBe(1)
    expect(state.made).toBe(2)
  })

  test('are not made more often than they may be, whoever asks', async () => {
    const { feed, state } = counting(100_000)
    for (let each = 0; each < 50; each++) await feed.now()
    const first = await feed.now()
    expect(await feed.next(first.number, 50)).toBeUndefined()
    expect(state.made).toBe(1)
  })

  test('are made less often when they cost much: at most a twentieth of the time', async () => {
    const feed = new LiveFeed(async () => {
      await sleep(20)
      return page()
    }, 1)
    await feed.now()
    // As far as a timer of 20 ms is one.
    expect(feed.wait).toBeGreaterThan(300)
  })

  test('that did not change are no news', async () => {
    const { feed, state } = counting(1, () => page('still'))
    const first = await feed.now()
    expect(await feed.next(first.number, 100)).toBeUndefined()
    expect(state.made).toBeGreaterThan(1)
    expect((await feed.now()).number).toBe(first.number)
  })

  test('end with a last one', async () => {
    const { feed } = counting(100_000)
    const first = await feed.now()
    const waiting = feed.next(first.number, 100_000)
    await feed.close('over')
    expect((await waiting)?.page.log).toEqual(['2'])
    expect(await feed.next(2, 100_000)).toBeUndefined()
    expect(feed.closed).toEqual({ reason: 'over' })
  })

  test('one that cannot be made is no end', async () => {
    const state = { made: 0 }
    const feed = new LiveFeed(() => {
      if (++state.made === 2) return Promise.reject(new Error('its folder has gone'))
      return Promise.resolve(page(String(state.made)))
    }, 1)
    const first = await feed.now()
    expect((await feed.next(first.number, 10_000))?.page.log).toEqual(['3'])
  })
})
