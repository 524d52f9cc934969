import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  areaOf,
  ArrivalTimes,
  durationOf,
  peakOf,
  type ArrivalPlan,
  type RateStretch,
} from '../../src/load/arrival-schedule.ts'

const flat = (rate: number, duration: number): RateStretch => ({ from: rate, to: rate, duration })
const ramp = (from: number, to: number, duration: number): RateStretch => ({ from, to, duration })

/** When all of them come. */
function arrivalsOf(plan: ArrivalPlan, seed: number): readonly number[] {
  const times = new ArrivalTimes(plan, seed)
  const all: number[] = []
  for (let { next } = times; next !== undefined; { next } = times) {
    all.push(next)
    times.taken()
  }
  return all
}

const even = (stretches: readonly RateStretch[]): readonly number[] => [
  ...arrivalsOf({ stretches, arrivals: 'even' }, 1),
]
const poisson = (stretches: readonly RateStretch[], seed = 1): readonly number[] => [
  ...arrivalsOf({ stretches, arrivals: 'poisson' }, seed),
]

describe('even arrivals', () => {
  test.each<[string, RateStretch[], number[]]>([
    ['4/s for a second: every 250 ms, the first at once', [flat(4, 1_000)], [0, 250, 500, 750]],
    ['2/s for 1.2 s: an arrival is not halved', [flat(2, 1_200)], [0, 500, 1_000]],
    ['0.5/s: one in two seconds', [flat(0.5, 4_000)], [0, 2_000]],
    ['from 0 to 8/s over a second: 4 t² of them until t', [ramp(0, 8, 1_000)], [0, 500, 707, 866]],
    ['from 8/s to 0: the same, backwards', [ramp(8, 0, 1_000)], [0, 134, 293, 500]],
    ['one rate after another', [flat(2, 1_000), flat(4, 500)], [0, 500, 1_000, 1_250]],
    ['nothing in between', [flat(2, 500), flat(0, 1_000), flat(2, 500)], [0, 1_500]],
    ['a step takes no time', [flat(2, 1_000), ramp(2, 4, 0), flat(4, 500)], [0, 500, 1_000, 1_250]],
    ['a rest is carried over: 1.5 and 1.5', [flat(3, 500), flat(1.5, 1_000)], [0, 333, 833]],
    ['no rate at all', [flat(0, 1_000)], []],
  ])('%s', (_, stretches, times) => {
    expect(even(stretches).map(Math.round)).toEqual(times)
  })

  test('do not drift: the last of an hour is where it should be', () => {
    const times = even([flat(7, 3_600_000)])
    expect(times).toHaveLength(25_200)
    expect(times.at(-1)).toBeCloseTo((25_199 / 7) * 1_000, 6)
  })

  test.each([
    [200, 10_000, 2_000],
    [0.7, 10_000, 7],
    [100 / 3, 9_000, 300],
    [5_000, 6_000, 30_000],
    [1 / 60, 600_000, 10],
  ])('%d/s for %d ms are %d, whatever the sums are rounded to', (rate, duration, count) => {
    expect(even([flat(rate, duration)])).toHaveLength(count)
    expect(even([flat(rate, duration / 3), flat(rate, (duration / 3) * 2)])).toHaveLength(count)
  })
})

const stretch = fc.record({
  from: fc.double({ min: 0, max: 300, noNaN: true }),
  to: fc.double({ min: 0, max: 300, noNaN: true }),
  duration: fc.integer({ min: 0, max: 5_000 }),
})
const stretches = fc.array(stretch, { minLength: 1, maxLength: 5 })

/** The area under the rate until a time. */
function areaUntil(all: readonly RateStretch[], time: number): number {
  let [area, start] = [0, 0]
  for (const each of all) {
    const into = Math.min(Math.max(time - start, 0), each.duration)
    const rate =
      each.duration === 0 ? 0 : each.from + ((each.to - each.from) * into) / each.duration
    area += areaOf({ from: each.from, to: rate, duration: into })
    start += each.duration
  }
  return area
}

property.prop([
  stretches,
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
])(
  'any window holds as many even arrivals as there is area under its rate, give or take one',
  (all, one, other) => {
    const end = durationOf(all)
    const [from, to] = [Math.min(one, other) * end, Math.max(one, other) * end]
    const count = even(all).filter((time) => time >= from && time < to).length
    expect(Math.abs(count - (areaUntil(all, to) - areaUntil(all, from)))).toBeLessThanOrEqual(1.001)
  },
)

property.prop([stretches, fc.constantFrom('even', 'poisson'), fc.integer()])(
  'times rise, lie within the load, and are the same for the same seed',
  (all, arrivals, seed) => {
    const times = [...arrivalsOf({ stretches: all, arrivals }, seed)]
    expect(times.every((time, at) => time >= (times[at - 1] ?? 0))).toBe(true)
    expect(times.every((time) => time <= durationOf(all))).toBe(true)
    expect([...arrivalsOf({ stretches: all, arrivals }, seed)]).toEqual(times)
  },
)

describe('Poisson arrivals', () => {
  const counts = (all: readonly RateStretch[], width: number): number[] => {
    const windows = new Uint32Array(durationOf(all) / width)
    for (const time of poisson(all)) {
      const at = Math.floor(time / width)
      windows[at] = (windows[at] ?? 0) + 1
    }
    return [...windows]
  }

  test('have the mean of the rate, and a variance as large as the mean', () => {
    const each = counts([flat(20, 10_000_000)], 1_000)
    const mean = each.reduce((sum, count) => sum + count, 0) / each.length
    const variance = each.reduce((sum, count) => sum + (count - mean) ** 2, 0) / each.length
    // Four standard errors of 10,000 windows.
    expect(Math.abs(mean - 20)).toBeLessThan(4 * Math.sqrt(20 / each.length))
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / each.length) + 0.02)
  })

  test('have exponential gaps: as often longer than the mean as e says', () => {
    const times = poisson([flat(100, 1_000_000)])
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    const longer = gaps.filter((gap) => gap > 10).length / gaps.length
    expect(Math.abs(longer - Math.exp(-1))).toBeLessThan(0.01)
  })

  test('follow a ramp', () => {
    const [first = 0, second = 0] = counts([ramp(0, 200, 1_000_000)], 500_000)
    expect(first / second).toBeCloseTo(1 / 3, 1)
  })

  test('differ with the seed', () => {
    expect(poisson([flat(10, 1_000)], 1)).not.toEqual(poisson([flat(10, 1_000)], 2))
  })
})

test('the highest rate is that of any end of a stretch', () => {
  expect(peakOf([ramp(0, 50, 10), flat(50, 10), ramp(50, 20, 10)])).toBe(50)
  expect(peakOf([])).toBe(0)
})

describe('a line that changes', () => {
  /** The times when, after so many arrivals, another line is followed from a time on. */
  function changing(
    arrivals: ArrivalPlan['arrivals'],
    { taken, at, line }: { taken: number; at: number; line: readonly RateStretch[] },
  ): readonly number[] {
    const times = new ArrivalTimes({ stretches: [flat(4, 2_000)], arrivals }, 7)
    const all: number[] = []
    for (let { next } = times; next !== undefined; { next } = times) {
      if (all.length === taken) times.follow(line, at)
      if (times.next !== undefined) all.push(times.next)
      times.taken()
    }
    return all
  }

  test.each<[string, RateStretch[], readonly number[]]>([
    [
      'faster: half a gap had gone by, the other half takes half the time',
      [flat(4, 1_125), flat(8, 875)],
      [0, 250, 500, 750, 1_000, 1_187.5, 1_312.5, 1_437.5, 1_562.5, 1_687.5, 1_812.5, 1_937.5],
    ],
    ['slower', [flat(4, 1_125), flat(1, 875)], [0, 250, 500, 750, 1_000, 1_625]],
    ['at the same rate it is as if nothing had been', [flat(4, 2_000)], even([flat(4, 2_000)])],
  ])('%s', (_, line, expected) => {
    expect(changing('even', { taken: 5, at: 1_125, line })).toEqual(expected)
  })

  test('by chance, the gaps that were drawn are kept', () => {
    const line = [flat(4, 2_000)]
    const same = changing('poisson', { taken: 3, at: 1_000, line })
    const whole = poisson(line, 7)
    expect(same).toHaveLength(whole.length)
    for (const [at, time] of same.entries()) expect(time).toBeCloseTo(whole[at] ?? Infinity, 6)
  })
})

describe('several generators share the arrivals', () => {
  const shares = fc.integer({ min: 1, max: 7 })
  const plans = fc.record({
    stretches: fc.array(
      fc.record({
        from: fc.nat({ max: 40 }),
        to: fc.nat({ max: 40 }),
        duration: fc.integer({ min: 1, max: 3_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    arrivals: fc.constantFrom<ArrivalPlan['arrivals']>('even', 'poisson'),
  })

  property.prop([plans, shares, fc.nat()])(
    'each arrival is of one of them, at its time and with its number',
    (plan, of, seed) => {
      const together = Array.from({ length: of }, (_, index) => index).flatMap((index) => {
        const times = new ArrivalTimes(plan, seed, { index, of })
        const own: [number: number, at: number][] = []
        for (let { next } = times; next !== undefined; { next } = times) {
          own.push([times.number, next])
          times.taken()
        }
        for (const [number] of own) expect(number % of).toBe(index)
        return own
      })
      const alone = arrivalsOf(plan, seed).map((at, number) => [number, at])
      expect(together.toSorted(([left], [right]) => left - right)).toEqual(alone)
    },
  )
})
