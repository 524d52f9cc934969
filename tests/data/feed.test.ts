import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { checkUsers } from '../../src/data/dry.ts'
import { openFeed, type Feed, type FeedOptions } from '../../src/data/feed.ts'
import { csv, json, rows, type PickOptions } from '../../src/data/sources.ts'
import { dataFolder } from '../support/data-folder.ts'
import { messageOf } from '../support/message-of.ts'

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row)
const feedOf = (
  count: number,
  pick: PickOptions,
  options: Partial<FeedOptions> = {},
): Promise<Feed<number>> => openFeed(rows(numbers(count), pick), { seed: 1, ...options })
/** What these users get, one after the other. */
const taken = (feed: Feed<number>, users: readonly number[]): readonly number[] =>
  users.map((user) => feed.next(user))
const generators = (of: number): readonly { readonly index: number; readonly of: number }[] =>
  numbers(of).map((index) => ({ index, of }))

describe('who gets which of three rows', () => {
  test.each<[PickOptions, readonly number[], readonly number[], string]>([
    [{}, [0, 0, 1, 0, 1], [0, 1, 2, 0, 1], 'in order, shared by all users, round again'],
    [{ pick: 'unique' }, [0, 1, 0, 2, 1], [0, 1, 0, 2, 1], 'each keeps its own'],
    [{ pick: 'unique' }, [70, 4, 70], [0, 1, 0], 'the first to come gets the first row'],
    [{ pick: 'unique', whenDry: 'wrap' }, [0, 1, 2, 3, 4, 3], [0, 1, 2, 0, 1, 0], 'round again'],
  ])('%o: users %o get rows %o: %s', async (pick, users, expected) => {
    expect(taken(await feedOf(3, pick), users)).toEqual(expected)
  })

  test('the second of two generators takes every other row of five, round and round', async () => {
    const share = { index: 1, of: 2 }
    expect(taken(await feedOf(5, {}, { share }), [1, 1, 3, 1])).toEqual([1, 3, 0, 2])
    expect(taken(await feedOf(5, { pick: 'unique' }, { share }), [1, 3])).toEqual([1, 3])
  })

  test('beside another generator, each user that is listed goes down its own lane', async () => {
    const share = { index: 1, of: 2 }
    const feed = await feedOf(7, {}, { share, users: [1, 3, 5] })
    expect(taken(feed, [3, 3, 5, 1, 3])).toEqual([1, 4, 2, 0, 0])
  })

  test('of an open load, the number of the arrival says which row it has', async () => {
    const [order, random] = [await feedOf(5, {}), await feedOf(5, { pick: 'random' })]
    expect([0, 4, 5, 7].map((arrival) => order.next(9, arrival))).toEqual([0, 4, 0, 2])
    const drawn = [3, 4, 3].map((arrival, user) => random.next(user, arrival))
    expect(drawn[2]).toBe(drawn[0])
  })

  test('users that are listed have the rows in their order, whoever comes first', async () => {
    const feed = await feedOf(6, { pick: 'unique' }, { users: [2, 5, 8] })
    expect(taken(feed, [8, 2, 5, 8])).toEqual([2, 0, 1, 2])
    // Whoever comes besides them has a row behind theirs.
    expect(taken(feed, [11, 13, 11])).toEqual([3, 4, 3])
  })

  test('a row that is nothing is kept as well', async () => {
    const feed = await openFeed(rows([undefined, 1], { pick: 'unique' }), { seed: 1 })
    expect([feed.next(0), feed.next(0), feed.next(1)]).toEqual([undefined, undefined, 1])
  })
})

describe('random rows', () => {
  const thousandOf = (user: number): readonly number[] => Array.from({ length: 1_000 }, () => user)
  const random = (seed: number, index = 0): Promise<Feed<number>> =>
    feedOf(10, { pick: 'random' }, { seed, share: { index, of: 2 } })

  test('are the same for the same seed, whoever comes first', async () => {
    const [one, other] = [await random(7), await random(7)]
    const alone = taken(one, thousandOf(0))
    const among = thousandOf(0).map((user) => {
      other.next(1)
      return other.next(user)
    })
    expect(among).toEqual(alone)
  })

  test('are others for another seed or user, the same in every generator', async () => {
    const first = taken(await random(7), thousandOf(0))
    expect(taken(await random(8), thousandOf(0))).not.toEqual(first)
    expect(taken(await random(7), thousandOf(1))).not.toEqual(first)
    expect(taken(await random(7, 1), thousandOf(0))).toEqual(first)
  })

  test('are each as likely, and every generator has all of them', async () => {
    const feed = await random(1, 1)
    const counts = numbers(10).map(() => 0)
    for (let draw = 0; draw < 100_000; draw++) {
      const row = feed.next(draw % 50)
      counts[row] = (counts[row] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

describe('whatever the numbers of rows, users and generators', () => {
  const some = fc.integer({ min: 1, max: 60 })
  const few = fc.integer({ min: 1, max: 7 })

  property.prop([some, few, some])('no unique row is of two users', async (count, of, users) => {
    const rowsOfUsers: number[] = []
    const listed = numbers(Math.min(users, count))
    for (const share of generators(of)) {
      const feed = await feedOf(count, { pick: 'unique' }, { share, users: listed })
      const mine = listed.filter((user) => user % of === share.index)
      expect(taken(feed, mine)).toEqual(mine)
      rowsOfUsers.push(...mine)
    }
    expect(rowsOfUsers.toSorted((left, right) => left - right)).toEqual(listed)
  })

  property.prop([some, few, some])(
    'generators that draw alike often take together what one alone would',
    async (count, of, draws) => {
      const users = Array.from({ length: draws }, () => 0)
      const together: number[] = []
      for (const share of generators(of)) {
        together.push(...taken(await feedOf(count, {}, { share }), users))
      }
      const alone = taken(
        await feedOf(count, {}),
        [...generators(of)].flatMap(() => users),
      )
      const sorted = (all: readonly number[]) => all.toSorted((left, right) => left - right)
      expect(sorted(together)).toEqual(sorted(alone))
    },
  )

  property.prop([some, some])(
    'round again is fair: no row has two users more',
    async (count, users) => {
      const feed = await feedOf(count, { pick: 'unique', whenDry: 'wrap' })
      const counts = numbers(count).map(() => 0)
      for (const row of taken(feed, numbers(users))) counts[row] = (counts[row] ?? 0) + 1
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    },
  )

  property.prop([fc.integer(), few, fc.array(fc.nat({ max: 5 }), { maxLength: 50 })])(
    'one seed is one sequence',
    async (seed, of, users) => {
      for (const share of generators(of)) {
        const [one, other] = [
          await feedOf(9, { pick: 'random' }, { seed, share }),
          await feedOf(9, { pick: 'random' }, { seed, share }),
        ]
        expect(taken(one, users)).toEqual(taken(other, users))
      }
    },
  )
})

describe('too few rows', () => {
  const some = fc.integer({ min: 1, max: 40 })
  property.prop([some, some])('the rows to add are just enough', async (count, users) => {
    const feed = await feedOf(count, { pick: 'unique' })
    const more = users - count
    if (more <= 0) checkUsers(feed, users)
    else expect(messageOf(() => checkUsers(feed, users))).toContain(`Add ${more} row`)
  })

  test('are told before any traffic', async () => {
    const feed = await feedOf(50, { pick: 'unique' })
    expect(() => checkUsers(feed, 50)).not.toThrow()
    expect(messageOf(() => checkUsers(feed, 51))).toMatchInlineSnapshot(
      `"an array has 50 rows for 51 users, and pick: 'unique' gives each user its own. Add 1 row, start fewer users, or let users share rows with whenDry: 'wrap'"`,
    )
    expect(messageOf(() => checkUsers(feed, 2_000))).toMatchInlineSnapshot(
      `"an array has 50 rows for 2,000 users, and pick: 'unique' gives each user its own. Add 1,950 rows, start fewer users, or let users share rows with whenDry: 'wrap'"`,
    )
  })

  test('never run dry where rows are shared', async () => {
    for (const pick of [{}, { pick: 'random' }, { pick: 'unique', whenDry: 'wrap' }] as const) {
      const feed = await feedOf(1, pick)
      expect(() => checkUsers(feed, 100)).not.toThrow()
      expect(feed.next(99)).toBe(0)
    }
  })

  test('are told in the run by a user who was not announced', async () => {
    const feed = await feedOf(2, { pick: 'unique' })
    expect(taken(feed, [0, 1, 0])).toEqual([0, 1, 0])
    expect(messageOf(() => feed.next(2))).toMatchInlineSnapshot(
      `"an array has 2 rows for 3 users, and pick: 'unique' gives each user its own. Add 1 row, start fewer users, or let users share rows with whenDry: 'wrap'"`,
    )
  })
})

test('files are read when the feed is opened, from the folder of the test', async () => {
  await using folder = await dataFolder({
    'users.csv': 'user,token\nann,t1\nbob,t2\ncid,t3\n',
    'users.json': '[{"user":"ann"},{"user":"bob"},{"user":"cid"}]',
  })
  const options = { seed: 1, folders: [folder.path], share: { index: 1, of: 2 } }
  const fromCsv = await openFeed(csv('users.csv', { columns: ['user'] }), options)
  const fromJson = await openFeed(json('users.json'), options)
  for (const feed of [fromCsv, fromJson]) {
    expect(feed).toMatchObject({ pick: 'sequential', total: 3 })
    expect(feed.next(0)).toEqual({ user: 'bob' })
  }
})
