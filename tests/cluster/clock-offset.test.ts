import { expect, test } from 'vitest'
import { fc } from '@fast-check/vitest'
import { measureOffset, offsetOf, type Probe } from '../../src/cluster/clock-offset.ts'
import { realClock } from '../../src/clock/clock.ts'

/** The other clock is `ahead`, the question takes `there`, the answer `back`. */
const probe = (ahead: number, sent: number, there: number, back: number): Probe => ({
  sent,
  said: sent + there + ahead,
  received: sent + there + back,
})

test.each([
  ['ways there and back alike: exact', [probe(500, 0, 2, 2)], 500, 2],
  ['all of the way there: wrong by half of it', [probe(500, 0, 4, 0)], 502, 2],
  [
    'the quickest of three counts',
    [probe(500, 0, 9, 1), probe(500, 20, 1, 1), probe(500, 40, 1, 5)],
    500,
    1,
  ],
  ['behind', [probe(-1_000, 10, 1, 1)], -1_000, 1],
])('%s', (_, probes, offset, uncertainty) =>
  expect(offsetOf(probes)).toEqual({ offset, uncertainty }),
)

test('the true offset lies within the uncertainty, however uneven the ways', () => {
  const way = fc.integer({ min: 0, max: 1_000 })
  const given = fc.tuple(
    fc.integer({ min: -1e6, max: 1e6 }),
    fc.array(fc.tuple(way, way), { minLength: 1 }),
  )
  fc.assert(
    fc.property(given, ([ahead, ways]) => {
      const found = offsetOf(
        ways.map(([there, back], nth) => probe(ahead, 2_000 * nth, there, back)),
      )
      if (found === undefined) throw new Error('nothing was measured')
      expect(Math.abs(found.offset - ahead)).toBeLessThanOrEqual(found.uncertainty)
    }),
  )
})

test('a clock is asked several times', async () => {
  const asked: number[] = []
  const { offset, uncertainty } = await measureOffset(realClock, () => {
    asked.push(realClock.now())
    return Promise.resolve(realClock.now() + 3_600_000)
  })
  expect(asked.length).toBe(12)
  expect(Math.abs(offset - 3_600_000)).toBeLessThanOrEqual(uncertainty + 0.001)
})
