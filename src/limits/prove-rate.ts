import type { Window } from '../metrics/timeline.ts'
import { toBatches, type Batch } from '../stats/batch-means.ts'
import { surelyAbove } from '../stats/markov.ts'
import { judgeMean, LEAST_VALUES, shortOf, widenedMeans, type MeanQuestion } from './judge-mean.ts'
import type { Proof } from './proof.ts'

/** The proof of so many successes per second of the judged time. */
export const proveThroughput = (
  timeline: readonly Window[],
  question: MeanQuestion,
): Proof | undefined =>
  proveRate(
    stretchesOf(timeline, ({ ok }) => ok),
    question,
  )

/** The proof of so many tokens per second, by when they arrived. */
export const proveTokenRate = (
  timeline: readonly Window[],
  question: MeanQuestion,
): Proof | undefined =>
  proveRate(
    stretchesOf(timeline, ({ tokens = 0 }) => tokens),
    question,
  )

/**
 * What windows hold over the seconds that they are of. A second in which nothing at all happened has no
 * window; it counts to the one before. The last window is left out: it is cut short by the end of the run,
 * and holds what ended after it.
 */
export function stretchesOf(
  timeline: readonly Window[],
  countIn: (window: Window, at: number) => number,
): readonly Batch[] {
  return timeline.slice(0, -1).map((window, index) => {
    const next = timeline[index + 1]?.at ?? window.at + window.width
    return { sum: countIn(window, index), count: (next - window.at) / 1_000 }
  })
}

/**
 * The proof of so many per second, which takes 200 effective ones, be it seen or due at the limit: their
 * number is divided by how much more it varies than that of independent arrivals (Poisson's, whose
 * variance is their number). A rate of many times its limit takes none of this: `surelyAbove`.
 *
 * @param stretches of a run: how many there were in `sum`, seconds in `count`
 */
export function proveRate(stretches: readonly Batch[], question: MeanQuestion): Proof | undefined {
  const { limit, confidence } = question
  const batches = toBatches(stretches)
  const seconds = batches.reduce((sum, { count }) => sum + count, 0)
  const count = batches.reduce((sum, batch) => sum + batch.sum, 0)
  const far = surelyAbove({ mean: count / seconds, values: count }, limit, confidence)
  const beyond = far ? 'pass' : undefined
  const means = widenedMeans(batches)
  if (means === undefined) return shortOf(batches, question, beyond)
  const inflation = count === 0 ? 1 : (means.variance * seconds ** 2) / count
  const due = Math.max(count, limit * seconds)
  const least = { pass: LEAST_VALUES, fail: LEAST_VALUES }
  return judgeMean(means, question, { count, due, inflation, least, beyond })
}
