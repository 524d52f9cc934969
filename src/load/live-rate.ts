import type { Ms, PerSecond } from '../units/units.ts'

/** How often those who watch a load are told of it. */
export const LOOK_EVERY: Ms = 1_000

/** The rate between one look at a count and the next. */
export class LiveRate {
  #before: { readonly at: Ms; readonly count: number } | undefined
  #last: PerSecond | undefined

  /** The rate since the look before; `undefined` at the first. */
  look(at: Ms, count: number): PerSecond | undefined {
    const before = this.#before
    // A look out of turn, since something was done to the load, says nothing of a rate.
    if (before !== undefined && at - before.at < LOOK_EVERY / 4) return this.#last
    this.#before = { at, count }
    if (before === undefined) return undefined
    this.#last = ((count - before.count) * 1_000) / (at - before.at)
    return this.#last
  }
}
