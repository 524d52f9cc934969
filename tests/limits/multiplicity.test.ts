import { expect, test } from 'vitest'
import { falseAlarm, manyLimitsNote } from '../../src/limits/multiplicity.ts'
import type { Proof } from '../../src/limits/proof.ts'
import { seededRandom } from '../../src/stats/random.ts'

const limits = (count: number, status: Proof['status'], confidence = 0.95): readonly Proof[] =>
  Array.from({ length: count }, () => ({ status, confidence }))

test.each([
  [1, 0.95, 0.05],
  [2, 0.95, 0.0975],
  [20, 0.95, 0.6415],
  [20, 0.99, 0.1821],
])('of %i limits at %d one is called missed by chance in %d of runs', (count, sure, chance) => {
  expect(falseAlarm(limits(count, 'pass', sure))).toBeCloseTo(chance, 4)
})

test('as often as it happens', () => {
  const random = seededRandom(3)
  const alarms = Array.from({ length: 4_000 }, () =>
    Array.from({ length: 10 }, () => random() < 0.05).includes(true),
  ).filter(Boolean).length
  expect(Math.abs(alarms / 4_000 - falseAlarm(limits(10, 'fail')))).toBeLessThan(0.03)
})

test('it is said where one of many is surely missed', () => {
  const many = [...limits(19, 'pass'), ...limits(1, 'fail'), undefined]
  expect(manyLimitsNote(many)).toMatchInlineSnapshot(
    `"chance alone misses one of 20 limits at 95 % in up to 65 % of runs"`,
  )
})

test.each([
  ['none is missed', limits(20, 'pass')],
  ['a miss is not proven anyway', [...limits(19, 'pass'), ...limits(1, 'inconclusive')]],
  ['there are few', limits(2, 'fail')],
  ['there is none', []],
])('nothing is said where %s', (_, proofs) => {
  expect(manyLimitsNote(proofs)).toBeUndefined()
})
