import { Bench, type Task } from 'tinybench'
import type { BenchmarkGroup, BenchmarkProvider, BenchResult } from 'vitest'
import { withPercentiles } from '../load/bench-latency.ts'

// Held before a test can fake the clock.
const now = performance.now.bind(performance)

/**
 * Runs Vitest's own `bench` in perf tests: tinybench as Vitest does, and the percentiles that it leaves
 * out, so that `toHaveP95Below` takes its result. The samples they are made from stay here, unless
 * they were asked for.
 * @throws what a benchmark threw
 */
const provider: BenchmarkProvider = {
  async run({ test, config, options, registrations }: BenchmarkGroup): Promise<BenchResult[]> {
    const { signal } = test.context
    const asked = { retainSamples: config.retainSamples ?? false, ...options }
    const bench = new Bench({
      signal,
      name: test.fullTestName,
      ...asked,
      retainSamples: true,
      now,
    })
    for (const { name, fn, fnOpts } of registrations) bench.add(name, fn, fnOpts)
    await bench.run()
    return bench.tasks.map((task) => toResult(task, asked.retainSamples))
  },
}

function toResult({ name, result }: Task, keepSamples: boolean): BenchResult {
  if (result.state === 'errored') throw result.error
  if (result.state !== 'completed') throw new Error(`${name} did not complete: ${result.state}`)
  const latency = withPercentiles(result.latency)
  const { throughput } = result
  if (keepSamples) return { ...result, name, latency, throughput }
  const none = { samples: undefined }
  return {
    ...result,
    name,
    latency: { ...latency, ...none },
    throughput: { ...throughput, ...none },
  }
}

export default provider
