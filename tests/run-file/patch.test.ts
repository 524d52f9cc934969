import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { difference, joined, patched, type Patch } from '../../src/run-file/patch.ts'
import { Histogram } from '../../src/stats/histogram.ts'

const histogramOf = (values: readonly number[]) => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram.data()
}

describe('what changed', () => {
  test.each<[string, unknown, unknown, Patch | undefined]>([
    ['nothing', { a: 1 }, { a: 1 }, undefined],
    ['a number', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    ['a new name', { a: 1 }, { a: 1, b: 'x' }, { b: 'x' }],
    ['a name that is gone', { a: 1, b: 2 }, { a: 1 }, { b: null }],
    ['a number that JSON has no word for is gone', { a: 1 }, { a: NaN }, { a: null }],
    [
      'deep inside',
      { a: { b: { c: 1, d: 2 } } },
      { a: { b: { c: 2, d: 2 } } },
      { a: { b: { c: 2 } } },
    ],
    ['an entry of a list', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], [2, 2, { 1: { a: 3 } }]],
    ['one more entry', [{ a: 1 }], [{ a: 1 }, { a: 2 }], [2, 2, { 1: { a: 2 } }]],
    ['one entry less', [{ a: 1 }, { a: 2 }], [{ a: 1 }], [2, 1, {}]],
    ['a list of texts, in full', ['a'], ['a', 'b'], [3, ['a', 'b']]],
    ['something that is empty', undefined, { a: {}, b: [] }, { a: {}, b: [2, 0, {}] }],
  ])('%s', (_, before, now, patch) => {
    expect(difference(before, now)).toEqual(patch)
    if (patch !== undefined) {
      expect(patched(before, overJson(patch))).toEqual(patched(undefined, asPatch(now)))
    }
  })

  test('of a histogram: what was added to it', () => {
    const [before, now] = [histogramOf([8]), histogramOf([8, 8, 16])]
    const patch = difference(before, now)
    expect(patch).toEqual([1, 2, 24, 8, 16, expect.any(Array)])
    expect(patched(before, overJson(patch as Patch))).toEqual(now)
  })

  test('of a histogram that lost a value: that is taken off', () => {
    const [before, now] = [histogramOf([8, 9, 16]), histogramOf([8, 16])]
    expect(patched(before, overJson(difference(before, now) as Patch))).toEqual(now)
  })
})

const overJson = (patch: Patch): Patch => JSON.parse(JSON.stringify(patch)) as Patch
const asPatch = (data: unknown): Patch => difference(undefined, data) as Patch

const values = fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 30 })
const data = fc.record({
  count: fc.integer(),
  name: fc.string(),
  tags: fc.array(fc.string()),
  series: fc.array(fc.record({ at: fc.integer(), value: fc.integer() })),
  outcomes: fc.dictionary(fc.constantFrom('ok', 'timeout', '__proto__'), fc.integer()),
})

property.prop([fc.array(data, { minLength: 1 })])(
  'looks one after the other lead to the last one',
  (looks) => {
    const patches = changes(looks)
    expect(replay(patches)).toEqual(replay([asPatch(looks.at(-1))]))
  },
)

property.prop([fc.array(data, { minLength: 2 })])(
  'two changes as one lead to the same',
  (looks) => {
    const patches = changes(looks)
    const [first, second, ...rest] = patches
    if (first === undefined || second === undefined) return
    expect(replay([joined(first, second), ...rest])).toEqual(replay(patches))
  },
)

// A change has at most 100 buckets; beyond them it is coarser, on purpose.
property.prop([fc.array(values, { minLength: 2, maxLength: 3 })])(
  'what was added to a histogram, as one',
  (seconds) => {
    const looks = seconds.map((_, at) => ({
      latency: histogramOf(seconds.slice(0, at + 1).flat()),
    }))
    const patches = changes(looks)
    expect(replay([patches.reduce<Patch>(joined, {})])).toEqual(looks.at(-1))
    expect(replay(patches)).toEqual(looks.at(-1))
  },
)

function changes(looks: readonly unknown[]): Patch[] {
  return looks.flatMap((look, at) => difference(at === 0 ? undefined : looks[at - 1], look) ?? [])
}

const replay = (patches: readonly Patch[]): unknown =>
  patches.map(overJson).reduce<unknown>(patched, undefined)
