import type { OperationSummary, RecordingSummary } from '../metrics/summary.ts'
import type { GeneratorSummary } from '../monitors/generator-summary.ts'

/** The generator of what a matcher may be given: a request or a distribution does not know its run. */
const generators = new WeakMap<object, GeneratorSummary>()

/** The generator that a figure was measured by; `undefined` when it is of no load. */
export const generatorOf = (measured: object): GeneratorSummary | undefined =>
  generators.get(measured)

/** Notes for one figure and its latency, such as those of a window, which generator measured it. */
export function noted<T extends { readonly latency: object }>(
  measured: T,
  generator: GeneratorSummary | undefined,
): T {
  if (generator !== undefined) {
    generators.set(measured, generator)
    generators.set(measured.latency, generator)
  }
  return measured
}

/** Notes for a run, and for all that its limits can be about, which generator measured it. */
export function noteGenerator(
  run: RecordingSummary & { readonly generator: GeneratorSummary },
): void {
  const note = (measured: object): void => void generators.set(measured, run.generator)
  const noteAll = (operation: OperationSummary): void => {
    const { latency, service, ttfb, ttft, ttct, gap } = operation
    for (const each of [operation, latency, service, ttfb, ttft, ttct, gap]) note(each)
  }
  for (const request of run.requests) for (const each of [request, ...request.parts]) noteAll(each)
  for (const metric of run.metrics) {
    note(metric)
    if (metric.kind === 'timing') note(metric.values)
  }
  for (const group of run.groups) noteAll(group)
  noteAll(run.iterations)
  noteAll(run)
}
