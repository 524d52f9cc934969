/**
 * The regularised incomplete beta function Iₓ(a, b), from 0 to 1: the chance that a Beta(a, b) value is
 * at most x. Tails of the binomial and Student's distribution are values of it.
 *
 * By its continued fraction, with Lentz's method (Numerical Recipes, 3rd ed., §6.4; DLMF 8.17.22). Good
 * to 10⁻¹² for a, b up to 10³ and to 10⁻⁹ up to 10⁷.
 *
 * @param a above 0, whole or not
 * @param b above 0, whole or not
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  )
  // The fraction is short on this side of the mean; Iₓ(a, b) = 1 − I₁₋ₓ(b, a) leads there.
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b
}

/**
 * The x with Iₓ(a, b) = p, by bisection: to the last digits of a double.
 *
 * @param p 0–1
 */
export function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (regularizedBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Terms beyond which no fraction that occurs here goes: they take about √max(a, b). */
const MOST_TERMS = 20_000
const TINY = 1e-300

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

/** No division by zero. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0, by Lanczos' formula (g = 7, nine terms): relative error below 10⁻¹⁴. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const base = x + 6.5
  const sum = LANCZOS.reduce((all, each, at) => all + each / (x + at), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}
