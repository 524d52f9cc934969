import { Bench, type TaskResultWithStatistics } from 'tinybench'
import { UsageError } from '../errors/usage-error.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput } from '../units/units.ts'
import { withPercentiles, type BenchLatency } from './bench-latency.ts'

/** How long a function is measured: for a time, and at least so often. */
export interface MeasureOptions {
  readonly name?: string
  /** Default 500 ms. */
  readonly time?: DurationInput
  /** At least. Default 64. */
  readonly iterations?: number
}

/** tinybench's result, with the percentiles that it leaves out. */
export interface MeasureResult extends Pick<TaskResultWithStatistics, 'throughput' | 'totalTime'> {
  readonly name: string
  readonly latency: BenchLatency
}

/**
 * Measures the latency of a function through tinybench, with its warm-up.
 * @throws UsageError for a mistake in the options; whatever the function throws
 */
export async function measure(
  fn: () => unknown,
  options: MeasureOptions = {},
): Promise<MeasureResult> {
  if (typeof fn !== 'function') throw new UsageError('measure(fn)', 'a function', fn)
  const {
    name = fn.name === '' ? 'measured function' : fn.name,
    time = 500,
    iterations = 64,
  } = options
  const bench = new Bench({
    time: toMs(time, 'measure.time'),
    iterations: toCount(iterations, 'measure.iterations'),
    retainSamples: true,
    throws: true,
  })
  bench.add(name, fn)
  const [task] = await bench.run()
  const result = task?.result
  if (result === undefined || !('latency' in result))
    throw new Error(`${name} could not be measured`)
  const latency = withPercentiles(result.latency)
  return { name, latency, throughput: result.throughput, totalTime: result.totalTime }
}
