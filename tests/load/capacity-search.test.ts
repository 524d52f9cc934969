import { describe, expect, test } from 'vitest'
import {
  intervalOf,
  nextStep,
  type Outcome,
  type SearchEnding,
  type SearchInterval,
  type SearchSpec,
} from '../../src/load/capacity-search.ts'
import { seededRandom } from '../../src/stats/random.ts'

interface Searched extends SearchInterval {
  readonly ending: SearchEnding
  /** Each load that was tried: `40+` met, `80-` missed, `80?` told nothing. */
  readonly course: readonly string[]
}

const MARKS = { met: '+', missed: '-', void: '?' }

/** A search of a service that is only a rule. */
function search(spec: SearchSpec, outcomeAt: (load: number) => Outcome['outcome']): Searched {
  const outcomes: Outcome[] = []
  for (;;) {
    const step = nextStep(outcomes, spec)
    if (step.kind === 'end') {
      const course = outcomes.map(({ load, outcome }) => `${load}${MARKS[outcome]}`)
      return { ending: step.ending, ...intervalOf(outcomes), course }
    }
    outcomes.push({ load: step.load, outcome: outcomeAt(step.load) })
  }
}

const RATES: SearchSpec = { from: 10, to: 1_000, within: 0.05, confirm: 3, whole: false }
const USERS: SearchSpec = { ...RATES, whole: true }
const upTo =
  (capacity: number) =>
  (load: number): Outcome['outcome'] =>
    load <= capacity ? 'met' : 'missed'

test('the load doubles until one misses, halves what is between, and both ends are run again', () => {
  expect(search(RATES, upTo(400))).toEqual({
    ending: 'found',
    lower: 397.3,
    lowerRuns: 3,
    upper: 414.9,
    upperRuns: 3,
    course: `10+ 20+ 40+ 80+ 160+ 320+ 640- 452.5- 380.5+ 414.9- 397.3+
      397.3+ 397.3+ 414.9- 414.9-`.split(/\s+/),
  })
})

describe('where it ends', () => {
  test.each([
    ['users are whole, and neighbours are as near as can be', USERS, upTo(11.3), 'found', 11, 12],
    ['of many users, within 5 %', USERS, upTo(370), 'found', 363, 380],
    ['the most that was asked for was met', RATES, upTo(2_000), 'to', 1_000, undefined],
    ['already the least was missed', RATES, upTo(5), 'from', 0, 10],
    [
      'the generator could not generate more',
      RATES,
      (load: number) => (load <= 300 ? 'met' : 'void'),
      'generator',
      160,
      undefined,
    ],
    ['it could generate nothing', RATES, () => 'void' as const, 'generator', 0, undefined],
  ] as const)('%s', (_, spec, outcomeAt, ending, lower, upper) => {
    expect(search(spec, outcomeAt)).toMatchObject({ ending, lower, upper })
  })

  test('a saturated generator gets a second chance, and what it tells counts', () => {
    let voids = 0
    const { ending, lower, upper, course } = search(RATES, (load) =>
      load > 100 && voids++ < 1 ? 'void' : upTo(400)(load),
    )
    expect({ ending, lower, upper }).toEqual({ ending: 'found', lower: 397.3, upper: 414.9 })
    expect(course.slice(4, 6)).toEqual(['160?', '160+'])
  })

  test('runs that are always different do not go on for ever', () => {
    let toss = 0
    const { ending, course } = search(RATES, () => (toss++ % 2 === 0 ? 'met' : 'missed'))
    expect(['unsettled', 'found']).toContain(ending)
    expect(course.length).toBeLessThanOrEqual(46)
  })
})

describe('one wrong run does no harm', () => {
  test.each([1, 2, 5, 6, 8, 10, 12])('the run %i says the opposite', (wrong) => {
    let runs = 0
    const { ending, lower, upper } = search(RATES, (load) =>
      ++runs === wrong ? (load <= 400 ? 'missed' : 'met') : upTo(400)(load),
    )
    expect(ending).toBe('found')
    expect(lower).toBeGreaterThanOrEqual(360)
    expect(lower).toBeLessThanOrEqual(400)
    expect(upper).toBeGreaterThan(400)
    expect(upper).toBeLessThanOrEqual(440)
  })
})

/**
 * Services that miss the more often the higher the load is: half of the runs at their capacity, which is
 * what a search is to find. An end that `confirm` runs agreed on is wrong with a chance of at most ½ⁿ.
 */
describe('of services that are near their limit by chance', { timeout: 60_000 }, () => {
  test.each([
    [5, 0.01],
    [5, 0.03],
    [3, 0.03],
    [3, 0.01],
  ])('%i runs an end, %d wide: each end holds as often as it says', (confirm, width) => {
    const counts = { lower: 0, upper: 0, near: 0 }
    const services = 400
    for (let seed = 1; seed <= services; seed++) {
      const random = seededRandom(seed)
      const capacity = 50 * Math.exp(2.5 * random())
      const { lower, upper = Infinity } = search({ ...RATES, confirm }, (load) =>
        random() < 1 / (1 + Math.exp(Math.log(load / capacity) / width)) ? 'met' : 'missed',
      )
      if (lower <= capacity) counts.lower++
      if (upper >= capacity) counts.upper++
      if (Math.abs(Math.sqrt(lower * upper) / capacity - 1) < 0.1) counts.near++
    }
    expect(counts.lower / services).toBeGreaterThanOrEqual(1 - 0.5 ** confirm)
    expect(counts.upper / services).toBeGreaterThanOrEqual(1 - 0.5 ** confirm)
    expect(counts.near / services).toBeGreaterThanOrEqual(0.98)
  })
})
