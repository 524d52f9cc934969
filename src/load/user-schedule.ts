import type { Ms } from '../units/units.ts'

/** A stretch over which the number of users goes evenly from one to another. */
export interface UserStretch {
  readonly from: number
  readonly to: number
  readonly duration: Ms
}

/** From when until when a user is at work, in ms from the start of the load; `Infinity` is its end. */
export interface Stint {
  readonly from: Ms
  readonly to: Ms
}

/** The highest number of users that occurs for any time: one that a step leaves at once does not. */
export const peakOfUsers = (stretches: readonly UserStretch[]): number =>
  Math.max(0, ...stretches.flatMap(({ from, to, duration }) => (duration > 0 ? [from, to] : [])))

/** A peak of less is over before a timer that is a little late can bring its last user. */
const HELD: Ms = 1_000

/** The most users that are to be at work together for a second or longer. */
export function heldUsers(stretches: readonly UserStretch[]): number {
  const held = stintsOf(stretches).map((stints) => stints.some(({ from, to }) => to - from >= HELD))
  // While user k is at work, so are all before it.
  return held.lastIndexOf(true) + 1
}

/**
 * When each user is at work: user k for as long as the number of users lies above k. So the first starts
 * at once, the one that came last leaves first, and at any time as many are at work as the line says,
 * rounded up. Whoever leaves may be asked back: the number is one person, who keeps its row of data.
 * Every time is worked out by itself from the start of its stretch, so nothing drifts.
 *
 * @returns the stints of each user, by its number
 */
export function stintsOf(stretches: readonly UserStretch[]): readonly (readonly Stint[])[] {
  return Array.from({ length: peakOfUsers(stretches) }, (_, user) => stintsOfUser(user, stretches))
}

function stintsOfUser(user: number, stretches: readonly UserStretch[]): readonly Stint[] {
  const stints: Stint[] = []
  let since = (stretches[0]?.from ?? 0) > user ? 0 : undefined
  let start: Ms = 0
  for (const { from, to, duration } of stretches) {
    if (from <= user && to > user) since = start + (duration * (user - from)) / (to - from)
    if (from > user && to <= user && since !== undefined) {
      const until = start + (duration * (from - user)) / (from - to)
      if (until > since) stints.push({ from: since, to: until })
      since = undefined
    }
    start += duration
  }
  return since === undefined ? stints : [...stints, { from: since, to: Infinity }]
}
