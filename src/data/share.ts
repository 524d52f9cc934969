/** One generator of several: of what is counted from 0, it has every `of`th, the first of which is `index`. */
export interface Share {
  readonly index: number
  readonly of: number
}

/** A generator on its own. */
export const WHOLE: Share = { index: 0, of: 1 }

/** How many of so many things, counted from 0, are those of a generator. */
export const shareOf = (count: number, { index, of }: Share): number =>
  count === Infinity ? Infinity : Math.max(0, Math.ceil((count - index) / of))

/** Whether a thing of that number is. */
export const isOf = (number: number, { index, of }: Share): boolean => number % of === index
