import type { TimedWindow } from '../metrics/course.ts'
import { toBatches } from '../stats/batch-means.ts'
import type { HistogramData } from '../stats/histogram.ts'
import { surelyAbove } from '../stats/markov.ts'
import { momentsOf } from '../stats/moments.ts'
import { judgeMean, LEAST_VALUES, shortOf, widenedMeans, type MeanQuestion } from './judge-mean.ts'
import type { Proof } from './proof.ts'

/** To be called too high, a mean needs fewer: the rare slow ones that it may have missed lie on that side. */
const LEAST_TOO_HIGH = 10

/**
 * The proof of a mean time of the successes. A mean of few and skewed values is not normal: on the side of
 * their tail it takes 200 effective values and 25 times their skewness squared (Cochran, Sampling
 * Techniques, §2.15), on the other ten. A mean of many times its limit takes none of this: `surelyAbove`.
 */
export function proveMean(
  { timeline, histogram }: { timeline: readonly TimedWindow[]; histogram: HistogramData },
  question: MeanQuestion,
): Proof | undefined {
  const { limit, confidence } = question
  const batches = toBatches(
    timeline.map(({ latency }) => ({ sum: latency.sum, count: latency.count })),
  )
  const { count, sum } = histogram
  const far = surelyAbove({ mean: sum / count, values: count }, limit, confidence)
  const beyond = far ? 'fail' : undefined
  const means = widenedMeans(batches)
  if (means === undefined) return shortOf(batches, question, beyond)
  const { variance, skewness } = momentsOf(histogram)
  const inflation = variance === 0 ? 1 : (means.variance * count) / variance
  const skewed = 25 * skewness ** 2
  const pass = Math.max(LEAST_VALUES, skewness > 0 ? skewed : 0)
  const fail = Math.max(LEAST_TOO_HIGH, skewness < 0 ? skewed : 0)
  return judgeMean(means, question, { count, due: count, inflation, least: { pass, fail }, beyond })
}
