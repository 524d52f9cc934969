import { joinCells, type Cell } from './cell.ts'

/** A series as its timeline sees it: it hands over what it gathered since the last turn. */
export interface Gatherer {
  readonly name: string
  turn(): Cell
}

/** A finished window, or several that were joined. */
export interface Slot {
  index: number
  span: number
  users: number | undefined
  readonly cells: Map<Gatherer, Cell>
  /** By the name of the series. */
  readonly tokens: Map<string, number>
}

export const spanOf = (left: Slot, right: Slot): number => right.index + right.span - left.index

/** Adds the right one to the left one. */
export function joinSlots(left: Slot, right: Slot): void {
  left.span = Math.max(left.span, spanOf(left, right))
  if (right.users !== undefined) left.users = Math.max(left.users ?? 0, right.users)
  for (const [series, cell] of right.cells) {
    const before = left.cells.get(series)
    left.cells.set(series, before === undefined ? cell : joinCells([before, cell]))
  }
  for (const [name, tokens] of right.tokens) {
    left.tokens.set(name, (left.tokens.get(name) ?? 0) + tokens)
  }
}
