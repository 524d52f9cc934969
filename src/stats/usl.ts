/** How throughput grows with what works at once, by the Universal Scalability Law. */
export interface ScalabilityLaw {
  /** Throughput of one alone, in the unit of what was fitted. */
  readonly lambda: number
  /** The share of work that only one can do at a time. */
  readonly sigma: number
  /** What each pair costs to agree with each other. */
  readonly kappa: number
  /** Where throughput is at its most; `undefined` when it never falls. */
  readonly peak: { readonly load: number; readonly throughput: number } | undefined
  /** The share of the variance that it explains: 1 is all. */
  readonly fit: number
}

/** How much came out while so many were at work. */
export interface Scaled {
  readonly load: number
  readonly throughput: number
}

/** Three figures are fitted: with fewer points than this, any points would fit. */
const LEAST_POINTS = 4

interface Bend {
  readonly sigma: number
  readonly kappa: number
}

const bent = (load: number, { sigma, kappa }: Bend): number =>
  load / (1 + sigma * (load - 1) + kappa * load * (load - 1))

/**
 * X(N) = λN / (1 + σ(N − 1) + κN(N − 1)) with the least squares of X, σ and κ not below 0 (Gunther,
 * Guerrilla Capacity Planning, ch. 4–6; as `usl` of R and its `nls` have it). λ follows from the other two;
 * those are found by steps that get smaller where no step helps.
 *
 * @returns `undefined` for fewer than four different loads
 */
export function scalabilityLaw(points: readonly Scaled[]): ScalabilityLaw | undefined {
  const some = points.filter(({ load, throughput }) => load > 0 && throughput > 0)
  if (new Set(some.map(({ load }) => load)).size < LEAST_POINTS) return undefined
  const { sigma, kappa } = bestBend(some)
  const { lambda, error } = fitted(some, { sigma, kappa })
  const mean = some.reduce((sum, { throughput }) => sum + throughput, 0) / some.length
  const spread = some.reduce((sum, { throughput }) => sum + (throughput - mean) ** 2, 0)
  const load = kappa > 0 ? Math.sqrt(Math.max(0, 1 - sigma) / kappa) : Infinity
  const most = Math.max(...some.map((each) => each.load))
  // A peak far beyond what was tried is a guess.
  const seen = load <= 2 * most && load >= 1
  return {
    lambda,
    sigma,
    kappa,
    peak: seen ? { load, throughput: lambda * bent(load, { sigma, kappa }) } : undefined,
    fit: spread === 0 ? 1 : 1 - error / spread,
  }
}

/** The λ that fits a bend best, and the squares that it leaves. */
function fitted(
  points: readonly Scaled[],
  bend: Bend,
): { readonly lambda: number; readonly error: number } {
  const shapes = points.map(({ load }) => bent(load, bend))
  const products = points.reduce((sum, { throughput }, at) => sum + throughput * shape(at), 0)
  const lambda = products / shapes.reduce((sum, each) => sum + each * each, 0)
  const error = points.reduce(
    (sum, { throughput }, at) => sum + (throughput - lambda * shape(at)) ** 2,
    0,
  )
  return { lambda, error }
  function shape(at: number): number {
    return shapes[at] as number
  }
}

/** Roots of σ and κ, since both are small and not below 0. */
function bestBend(points: readonly Scaled[]): Bend {
  let [root, pair] = [0.2, 0.02]
  let error = fitted(points, { sigma: root ** 2, kappa: pair ** 2 }).error
  for (let step = 0.1, turns = 0; step > 1e-9 && turns < 5_000; turns++) {
    const tried = around([root, pair], step)
      .map(([left, right]) => {
        const found = fitted(points, { sigma: left ** 2, kappa: right ** 2 })
        return { left, right, error: found.error }
      })
      .toSorted((one, other) => one.error - other.error)[0]
    if (tried === undefined || tried.error >= error) step /= 2
    else [root, pair, error] = [tried.left, tried.right, tried.error]
  }
  return { sigma: root ** 2, kappa: pair ** 2 }
}

/** Steps each way, and aslant, since σ and κ stand in for each other. κ is about a tenth as large. */
function around([root, pair]: readonly [number, number], step: number): [number, number][] {
  const few = step / 10
  return [
    [root + step, pair],
    [root - step, pair],
    [root, pair + few],
    [root, pair - few],
    [root + step, pair - few],
    [root - step, pair + few],
    [root + step, pair - few / 10],
    [root - step, pair + few / 10],
  ].map(([left = 0, right = 0]) => [Math.max(0, left), Math.max(0, right)])
}
