import type { Ms } from '../units/units.ts'
import type { GridWindow } from './recording-part.ts'

/** One grid for several recorders that ran side by side. */
export interface MergedGrid {
  readonly windows: readonly GridWindow[]
  /** For each part: which of `windows` each of its own lies in. */
  readonly places: readonly (readonly number[])[]
}

/**
 * The finest grid in which every window of every part lies whole. Windows of one second each stay as
 * they are; where one part has joined two of them, they are joined for all. Users add up: those of one part
 * are the most that it had in the window, and where it left a window out, those of the one before.
 */
export function mergeGrids(grids: readonly (readonly GridWindow[])[]): MergedGrid {
  const stretches = unionOf(grids.flat())
  const places = grids.map((grid) => placesIn(grid, stretches))
  const users = grids.map((grid, part) => usersOf(grid, places[part] ?? []))
  const windows = stretches.map(({ at, to }, index) => {
    const known = users.flatMap((each) => each[index] ?? [])
    const all = known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0)
    return { at, width: to - at, users: all }
  })
  return { windows, places }
}

interface Stretch {
  readonly at: Ms
  to: Ms
}

function unionOf(windows: readonly GridWindow[]): readonly Stretch[] {
  const union: Stretch[] = []
  for (const { at, width } of windows.toSorted((left, right) => left.at - right.at)) {
    const last = union.at(-1)
    if (last !== undefined && at < last.to) last.to = Math.max(last.to, at + width)
    else union.push({ at, to: at + width })
  }
  return union
}

function placesIn(grid: readonly GridWindow[], union: readonly Stretch[]): readonly number[] {
  let place = 0
  return grid.map(({ at }) => {
    while (at >= (union[place]?.to ?? Infinity)) place++
    return place
  })
}

/** By the index of the merged window; nothing before a part's first window and behind its last. */
function usersOf(
  grid: readonly GridWindow[],
  places: readonly number[],
): readonly (number | undefined)[] {
  const most: (number | undefined)[] = []
  for (const [index, { users }] of grid.entries()) {
    const place = places[index] as number
    while (most.length < place) most.push(most.at(-1))
    if (users !== undefined) most[place] = Math.max(most[place] ?? 0, users)
    else if (most.length === place) most.push(undefined)
  }
  return most
}
