/** Where a series becomes steady. */
export interface Truncation {
  /** Values at its start to leave out. */
  readonly cut: number
  /** Whether the cut lies in the first half; one beyond is found by the end of a series that has not settled. */
  readonly settled: boolean
}

const BATCH = 5
/** Batches that are left at least, to tell anything from. */
const LEAST_LEFT = 5
const ROUNDING = 1e-9

/**
 * The warm-up of a series by MSER-5, the marginal standard error rule (White, Simulation 69, 1997; White, Cobb
 * & Spratt, WSC 2000): of the means of five values each, leave out the first d for which
 * Σ(zⱼ − z̄)² / (k − d)² over the k − d others is least. Leaving out a value that is far off makes the sum
 * smaller; leaving out a usual one makes the divisor smaller.
 *
 * @returns `undefined` for fewer than ten batches
 */
export function mser5(values: readonly number[]): Truncation | undefined {
  const count = Math.floor(values.length / BATCH)
  if (count < 2 * LEAST_LEFT) return undefined
  const means = Array.from({ length: count }, (_, at) => meanOf(values, at * BATCH))
  const cut = leastError(means)
  return { cut: cut * BATCH, settled: cut < count / 2 }
}

/** How many to leave out, from the end to the start so that sums are added up once. */
function leastError(means: readonly number[]): number {
  // Off the mean, so that squares of large values do not swallow their differences.
  const middle = means.reduce((sum, mean) => sum + mean, 0) / means.length
  let [sum, squares, best, cut] = [0, 0, Infinity, 0]
  for (let from = means.length - 1; from >= 0; from--) {
    const off = (means[from] as number) - middle
    sum += off
    squares += off * off
    const left = means.length - from
    const rest = squares - (sum * sum) / left
    // Of alike values nothing is left but what was rounded.
    const error = rest < ROUNDING * squares ? 0 : rest / (left * left)
    if (left >= LEAST_LEFT && error <= best) [best, cut] = [error, from]
  }
  return cut
}

function meanOf(values: readonly number[], from: number): number {
  let sum = 0
  for (let at = from; at < from + BATCH; at++) sum += values[at] as number
  return sum / BATCH
}
