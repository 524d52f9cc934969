import { describe, expect, test } from 'vitest'
import { memorySlope, timeNeeded } from '../../src/monitors/memory-slope.ts'
import { seededRandom } from '../../src/stats/random.ts'

/** So many samples, two a second. */
const seriesOf = (samples: number, valueAt: (seconds: number) => number) =>
  Array.from({ length: samples }, (_, index) => ({ at: index * 500, value: valueAt(index / 2) }))

describe('the slope in bytes per second', () => {
  test.each([
    ['a line', (s: number) => 1e6 + 500 * s, 500],
    ['one that falls', (s: number) => 1e6 - 500 * s, -500],
    ['level', () => 1e6, 0],
    ['what fills up in the first third is left out', (s: number) => Math.min(s, 20) * 1e6, 0],
    ['one odd sample', (s: number) => (s === 40 ? 1e9 : 500 * s), 500],
  ])('%s', (_, valueAt, expected) => {
    const slope = memorySlope({ series: seriesOf(121, valueAt) })
    expect(slope).toMatchObject({ from: 20_000, to: 60_000 })
    expect(slope?.slope).toBeCloseTo(expected, 6)
  })

  test('warmUp says what is left out', () => {
    const series = seriesOf(121, (s) => Math.min(s, 30) * 1e6)
    expect(memorySlope({ series }, { warmUp: 30_000 })).toMatchObject({ slope: 0, from: 30_000 })
    expect(memorySlope({ series }, { warmUp: 0 })?.slope).toBeGreaterThan(1e5)
  })

  test('of a service that was restarted it is that of the last process', () => {
    const series = seriesOf(121, (s) => (s < 30 ? 1e9 : (s - 30) * 700))
    const slope = memorySlope({ series, restarts: [{ at: 30_000, pid: 1 }] })
    expect(slope).toMatchObject({ from: 40_000 })
    expect(slope?.slope).toBeCloseTo(700, 6)
  })

  test.each([0, 1, 2, 13])('%i samples are too few', (samples) => {
    expect(memorySlope({ series: seriesOf(samples, (s) => s) })).toBeUndefined()
  })
})

describe('the interval', () => {
  const random = seededRandom(7)
  const noise = (): number => (random() + random() + random() - 1.5) * 2e6
  const noisy = memorySlope({ series: seriesOf(240, (s) => 1e8 + 20_000 * s + noise()) })

  test('holds the truth', () => {
    expect(noisy?.lower).toBeLessThan(20_000)
    expect(noisy?.upper).toBeGreaterThan(20_000)
  })

  test('narrows with the time to the power of 1.5', () => {
    if (noisy === undefined) throw new Error('no slope')
    const half = (noisy.upper - noisy.lower) / 2
    const { watched } = noisy
    expect(timeNeeded(noisy, noisy.slope + half / 8)).toBeCloseTo(4 * watched, 3)
    expect(timeNeeded(noisy, noisy.slope + 2 * half)).toBeLessThan(1.1 * watched)
    expect(timeNeeded(noisy, noisy.slope)).toBe(Infinity)
  })
})
