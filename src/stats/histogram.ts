import { bucketOf, bucketMiddle, PAGE_SIZE } from './bucket.ts'

/**
 * A histogram as plain data: what crosses a process and what a run file keeps. `buckets` holds
 * pairs `[bucket, count, bucket, count, …]` in rising order of the bucket.
 */
export interface HistogramData {
  readonly count: number
  readonly sum: number
  readonly min: number | undefined
  readonly max: number | undefined
  readonly buckets: readonly number[]
}

/** The histogram of nothing. */
export const EMPTY_HISTOGRAM: HistogramData = {
  count: 0,
  sum: 0,
  min: undefined,
  max: undefined,
  buckets: [],
}

/**
 * Counts of values in log-linear buckets, within 0.049 % of each value; count, sum, minimum and
 * maximum are exact. Memory depends on the spread of the values (4 KiB for each power of two that
 * occurs), never on their number. Merging is addition.
 *
 * The idea is HdrHistogram's (Tene); the layout is read off the floating-point format instead.
 */
export class Histogram {
  count = 0
  sum = 0
  min = Infinity
  max = -Infinity
  readonly #pages: (Uint32Array | undefined)[] = []

  /** Adds one value. */
  record(value: number): void {
    this.count++
    this.sum += value
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    const bucket = bucketOf(value)
    const page = this.#pages[bucket >>> 10] ?? this.#page(bucket >>> 10)
    page[bucket & 1_023] = (page[bucket & 1_023] as number) + 1
  }

  /**
   * Takes back a value recorded before; false when there is none like it. When it was the only one
   * at an end of the range, the new minimum or maximum is exact to 0.049 %.
   */
  remove(value: number): boolean {
    const bucket = bucketOf(value)
    const page = this.#pages[bucket >>> 10]
    if (page === undefined || page[bucket & 1_023] === 0) return false
    const left = (page[bucket & 1_023] as number) - 1
    page[bucket & 1_023] = left
    this.count--
    this.sum = this.count === 0 ? 0 : this.sum - value
    if (this.count === 0) this.#forgetRange()
    else if (left === 0 && (value <= this.min || value >= this.max)) this.#narrow()
    return true
  }

  /** Adds all that another histogram holds. */
  merge(other: HistogramData): void {
    if (other.count === 0) return
    this.count += other.count
    this.sum += other.sum
    this.min = Math.min(this.min, other.min ?? Infinity)
    this.max = Math.max(this.max, other.max ?? -Infinity)
    for (let at = 0; at < other.buckets.length; at += 2) {
      const bucket = other.buckets[at] as number
      const page = this.#pages[bucket >>> 10] ?? this.#page(bucket >>> 10)
      page[bucket & 1_023] = (page[bucket & 1_023] as number) + (other.buckets[at + 1] as number)
    }
  }

  /** What was recorded, as plain data. */
  data(): HistogramData {
    if (this.count === 0) return EMPTY_HISTOGRAM
    const { count, sum, min, max } = this
    return { count, sum, min, max, buckets: this.#pairs() }
  }

  /** Empties it and keeps its memory for what comes next. */
  clear(): void {
    for (const page of this.#pages) page?.fill(0)
    this.count = 0
    this.sum = 0
    this.#forgetRange()
  }

  #pairs(): number[] {
    const pairs: number[] = []
    for (const [index, page] of this.#pages.entries()) {
      if (page === undefined) continue
      for (let slot = 0; slot < PAGE_SIZE; slot++) {
        const count = page[slot] as number
        if (count !== 0) pairs.push(index * PAGE_SIZE + slot, count)
      }
    }
    return pairs
  }

  #page(index: number): Uint32Array {
    while (this.#pages.length <= index) this.#pages.push(undefined)
    const page = new Uint32Array(PAGE_SIZE)
    this.#pages[index] = page
    return page
  }

  /** Draws the range in to the values that are left. */
  #narrow(): void {
    const pairs = this.#pairs()
    const [least, greatest] = [pairs[0] as number, pairs.at(-2) as number]
    if (bucketOf(this.min) < least) this.min = Math.min(bucketMiddle(least), this.max)
    if (bucketOf(this.max) > greatest) this.max = Math.max(bucketMiddle(greatest), this.min)
  }

  #forgetRange(): void {
    this.min = Infinity
    this.max = -Infinity
  }
}

/**
 * The value below which `percentile` % of all values lie, by nearest rank (rank ⌈p·n⌉): the middle
 * of the bucket that holds that rank, never outside the exact minimum and maximum.
 *
 * `beyond` counts values known only to be larger than all others (operations that never got an
 * answer): a rank among them gives `Infinity`. No values at all give `undefined`.
 */
export function quantile(data: HistogramData, percentile: number, beyond = 0): number | undefined {
  const total = data.count + beyond
  if (total === 0) return undefined
  const rank = Math.max(1, Math.ceil(Number(((percentile / 100) * total).toPrecision(12))))
  if (rank > data.count) return Infinity
  if (rank === data.count) return data.max
  if (rank === 1) return data.min
  return Math.min(Math.max(middleOfRank(data, rank), data.min ?? 0), data.max ?? Infinity)
}

function middleOfRank(data: HistogramData, rank: number): number {
  let seen = 0
  for (let at = 0; at < data.buckets.length; at += 2) {
    seen += data.buckets[at + 1] as number
    if (seen >= rank) return bucketMiddle(data.buckets[at] as number)
  }
  return data.max ?? Infinity
}

/** How many values lie above `limit`; those in the limit's own bucket (0.1 % wide) count as within. */
export function countAbove(data: HistogramData, limit: number): number {
  if (data.max === undefined || data.max <= limit) return 0
  if (data.min !== undefined && data.min > limit) return data.count
  const last = bucketOf(limit)
  let above = 0
  for (let at = data.buckets.length - 2; at >= 0; at -= 2) {
    if ((data.buckets[at] as number) <= last) break
    above += data.buckets[at + 1] as number
  }
  return above
}

/** The sum of several histograms. */
export function mergeHistograms(parts: readonly HistogramData[]): HistogramData {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const pairs = parts.reduce((sum, { buckets }) => sum + buckets.length / 2, 0)
  if (pairs <= FEW_PAIRS) return mergeFew(parts.filter(({ count }) => count > 0))
  const merged = new Histogram()
  for (const part of parts) merged.merge(part)
  return merged.data()
}

/** To sort so many pairs costs less than to fill the pages of a histogram and look through them. */
const FEW_PAIRS = 300

function mergeFew(parts: readonly HistogramData[]): HistogramData {
  if (parts.length === 0) return EMPTY_HISTOGRAM
  const counts = new Map<number, number>()
  for (const { buckets } of parts) {
    for (let at = 0; at < buckets.length; at += 2) {
      const bucket = buckets[at] as number
      counts.set(bucket, (counts.get(bucket) ?? 0) + (buckets[at + 1] as number))
    }
  }
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    sum: parts.reduce((total, { sum }) => total + sum, 0),
    min: Math.min(...parts.map(({ min = Infinity }) => min)),
    max: Math.max(...parts.map(({ max = -Infinity }) => max)),
    buckets: [...counts].toSorted(([left], [right]) => left - right).flat(),
  }
}
