import { expect, test } from 'vitest'
import { changeOf } from '../../../src/report/page/change.ts'

const interval = (low: number, high: number) => ({ low, high })

test.each([
  [
    'slower, and intervals are apart',
    200,
    interval(180, 220),
    100,
    interval(90, 110),
    '+100 %',
    'worse',
  ],
  ['faster', 50, interval(40, 60), 100, interval(90, 110), '−50 %', 'better'],
  ['intervals overlap', 130, interval(80, 180), 100, interval(70, 120), '+30 %', 'noise'],
  ['an end is not known', 200, { low: 105 }, 100, interval(90, 110), '+100 %', 'noise'],
  ['no intervals, and a small change', 105, undefined, 100, undefined, '+5 %', 'noise'],
  ['no intervals, and a large one', 120, undefined, 100, undefined, '+20 %', 'worse'],
  ['the same', 100, undefined, 100, undefined, '±0 %', 'noise'],
] as const)('%s', (_, value, own, before, other, text, tone) => {
  const change = changeOf({ value, interval: own }, { value: before, interval: other })
  expect(change).toEqual({ text, tone })
})

test('what was not measured in one of them has not changed', () => {
  expect(changeOf({ value: undefined }, { value: 100 })).toBeUndefined()
  expect(changeOf({ value: 100 }, { value: undefined })).toBeUndefined()
})
