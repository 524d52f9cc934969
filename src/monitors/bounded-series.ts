import type { Ms } from '../units/units.ts'

/** A point of a course over time. */
export interface SeriesPoint {
  /** Since the monitor started. */
  readonly at: Ms
  readonly value: number
}

/** A point with the time that it stands for. */
export interface SpanPoint extends SeriesPoint {
  readonly span: Ms
}

/** How two neighbours become one point. */
export type Merge = (earlier: SpanPoint, later: SpanPoint) => SpanPoint

/** The higher of the two at its own time: peaks stay exact. */
export const keepHigher: Merge = (earlier, later) => (later.value > earlier.value ? later : earlier)

/** The mean over the time of both. */
export const meanOverTime: Merge = (earlier, later) => {
  const span = earlier.span + later.span
  return {
    at: later.at,
    value: (earlier.value * earlier.span + later.value * later.span) / span,
    span,
  }
}

/**
 * At most `most` points, however long it lasts: when it is full, each two neighbours become one, and
 * from then on a point takes in twice as many samples as before.
 */
export class BoundedSeries {
  readonly #merge: Merge
  readonly #most: number
  #points: SpanPoint[] = []
  #open: SpanPoint | undefined
  #inOpen = 0
  #samplesPerPoint = 1

  constructor(merge: Merge, most = 600) {
    this.#merge = merge
    this.#most = most
  }

  add(point: SpanPoint): void {
    this.#open = this.#open === undefined ? point : this.#merge(this.#open, point)
    this.#inOpen += 1
    if (this.#inOpen < this.#samplesPerPoint) return
    this.#points.push(this.#open)
    this.#open = undefined
    this.#inOpen = 0
    if (this.#points.length >= this.#most) this.#halve()
  }

  points(): readonly SeriesPoint[] {
    const all = this.#open === undefined ? this.#points : [...this.#points, this.#open]
    return all.map(({ at, value }) => ({ at, value }))
  }

  #halve(): void {
    const halved: SpanPoint[] = []
    for (let index = 0; index < this.#points.length; index += 2) {
      const [earlier, later] = this.#points.slice(index, index + 2)
      if (earlier !== undefined)
        halved.push(later === undefined ? earlier : this.#merge(earlier, later))
    }
    this.#points = halved
    this.#samplesPerPoint *= 2
  }
}
