import { Bench } from 'tinybench'
import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import type { BenchResultLike } from '../../src/matchers/bench-result.ts'
import { messageOf } from '../support/message-of.ts'

expect.extend(perfMatchers)

const result: BenchResultLike = {
  name: 'parse',
  latency: {
    mean: 2,
    min: 1,
    max: 9,
    p50: 1.8,
    p75: 2.5,
    p99: 6,
    p995: 7,
    p999: 8,
    samplesCount: 1_000,
  },
  throughput: { mean: 500 },
}
const withLatency = (more: Partial<BenchResultLike['latency']>): BenchResultLike => ({
  ...result,
  latency: { ...result.latency, ...more },
})

test('what tinybench states is judged as stated', () => {
  expect(result).toHaveP50Below('1.8ms')
  expect(result).toHaveP99Below('6ms')
  expect(result).toHavePercentileBelow(99.9, '8ms')
  expect(result).toHaveMeanBelow('2ms')
  expect(result).toHaveMaxBelow('9ms')
  expect(result).toHaveThroughputAbove('500/s')
})

test('a p95 is taken from the result, else from its samples, else refused', () => {
  expect(withLatency({ p95: 4 })).toHaveP95Below('4ms')
  // Type 7 of 1, 2, 3, 4, 5: rank 0.95 × 4 = 3.8, so 4 + 0.8 × (5 − 4).
  const sampled = withLatency({ samples: [1, 2, 3, 4, 5] })
  expect(sampled).toHaveP95Below(4.8)
  expect(sampled).not.toHaveP95Below(4.79)
  expect(messageOf(() => expect(result).not.toHaveP95Below('4ms'))).toMatchInlineSnapshot(
    `"p95 latency of parse is not known: the result does not state it and kept no samples. Measure with \`measure\`, or run the benchmark with \`{ retainSamples: true }\`"`,
  )
})

test('a real result of tinybench', async () => {
  const bench = new Bench({ time: 5, warmup: false, retainSamples: true })
  bench.add('sum', () => [1, 2, 3].reduce((sum, each) => sum + each, 0))
  const [task] = await bench.run()
  if (task?.result.state !== 'completed') throw new Error('the benchmark did not complete')
  expect(task.result).toHaveP95Below('1s')
  expect(task.result).toHaveThroughputAbove('1/s')
})

test('the message of a latency', () => {
  expect(messageOf(() => expect(result).toHaveP99Below('5ms'))).toMatchInlineSnapshot(`
    "expect(result).toHaveP99Below('5ms')

    p99 latency of parse: 6 ms, 20 % over the limit of 5 ms
      1,000 samples
      p50 1.8 ms · p99 6 ms · max 9 ms"
  `)
})

test('the message of a throughput', () => {
  const judge = (): void => expect(result).toHaveThroughputAbove('1000/s')
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "expect(result).toHaveThroughputAbove('1000/s')

    throughput of parse: 500/s, 50 % under the limit of 1,000/s
      1,000 samples: mean 2 ms · p50 1.8 ms · p99 6 ms"
  `)
})
