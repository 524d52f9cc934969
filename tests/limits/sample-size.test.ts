import { expect, test } from 'vitest'
import { fewSamples, samplesFor } from '../../src/limits/sample-size.ts'
import { quantile, Histogram } from '../../src/stats/histogram.ts'

const LEAST: readonly [number, number][] = [
  [50, 2],
  [75, 4],
  [90, 10],
  [95, 20],
  [99, 100],
  [99.9, 1_000],
]

test.each(LEAST)('p%d is another one than the slowest from %i samples on', (percentile, least) => {
  expect(samplesFor(percentile)).toBe(least)
  const of = (samples: number): number | undefined => {
    const histogram = new Histogram()
    for (let value = 1; value < samples; value++) histogram.record(1)
    histogram.record(1_000)
    return quantile(histogram.data(), percentile)
  }
  expect(of(least)).toBeLessThan(2)
  expect(of(least - 1)).toBeGreaterThan(990)
})

const checkout = { label: 'latency of checkout', noun: 'requests' }

test('too few samples are told', () => {
  expect(fewSamples({ ...checkout, percentile: 99, samples: 40 })).toBe(
    'p99 of checkout rests on 40 requests: at least 100 are needed to tell it from the slowest',
  )
  const stream = { label: 'TTFT of stream', noun: 'samples', percentile: 99.9, samples: 1 }
  expect(fewSamples(stream)).toBe(
    'p99.9 TTFT of stream rests on 1 sample: at least 1,000 are needed to tell it from the slowest',
  )
})

test.each([
  ['enough', { percentile: 99, samples: 100 }],
  ['nothing measured, which fails by itself', { percentile: 99, samples: 0 }],
  ['the slowest itself', { percentile: 100, samples: 3 }],
])('%s is no note', (_, of) => expect(fewSamples({ ...checkout, ...of })).toBeUndefined())
