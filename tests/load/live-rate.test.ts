import { expect, test } from 'vitest'
import { LiveRate } from '../../src/load/live-rate.ts'

test('a rate is of the time since the look before; one out of turn repeats the last', () => {
  const rate = new LiveRate()
  const looks: readonly (readonly [at: number, count: number])[] = [
    [0, 0],
    [1_000, 50],
    [1_100, 90],
    [2_000, 70],
  ]
  expect(looks.map(([at, count]) => rate.look(at, count))).toEqual([undefined, 50, 50, 20])
})
