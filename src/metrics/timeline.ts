import { EMPTY_HISTOGRAM, mergeHistograms, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'

/** What one series did in one window. */
export interface Cell {
  readonly ok: number
  readonly failed: number
  readonly aborted: number
  /** Latencies of the successes. */
  readonly latency: HistogramData
}

/** One stretch of the run: `at` ms after its start, `width` ms long. */
export interface Window extends Cell {
  readonly at: Ms
  readonly width: Ms
  /** The most virtual users active in it. */
  readonly users: number | undefined
}

/** A series as its timeline sees it: it hands over what it gathered since the last turn. */
export interface Gatherer {
  turn(): Cell
}

interface Slot {
  index: number
  span: number
  users: number | undefined
  readonly cells: Map<Gatherer, Cell>
}

/** The length of a window, as long as it is not joined with others. */
export const WINDOW: Ms = 1_000

/** Windows kept at full resolution however long the run gets. */
const RECENT = 120

const EMPTY_CELL: Cell = { ok: 0, failed: 0, aborted: 0, latency: EMPTY_HISTOGRAM }

/**
 * Per-second windows on one grid for all series. Only the open window is dense; a finished one is
 * kept sparse. Beyond `limit` windows the two shortest neighbours among the older ones are joined, so
 * that a soak costs constant memory, coarsens evenly, and keeps its last two minutes sharp.
 */
export class Timeline {
  /** The stamp at which the open window ends; samples from then on belong to the next. */
  end: Ms
  readonly #epoch: Ms
  readonly #width: Ms
  readonly #limit: number
  readonly #slots: Slot[] = []
  readonly #touched = new Set<Gatherer>()
  #users: number | undefined
  #mostUsers: number | undefined

  constructor(epoch: Ms, { width = WINDOW, limit = 600 } = {}) {
    this.#epoch = epoch
    this.#width = width
    this.#limit = limit
    this.end = epoch + width
  }

  /** Notes that a series has something to hand over at the next turn. */
  touch(series: Gatherer): void {
    this.#touched.add(series)
  }

  /** Notes how many virtual users are active from now on. */
  users(active: number): void {
    this.#users = active
    this.#mostUsers = Math.max(this.#mostUsers ?? 0, active)
  }

  /**
   * Stores what the open window holds and opens the one that holds `now`. That may be the same
   * again, for a look in the middle of it: its second part is joined to the first.
   */
  roll(now: Ms): void {
    const index = Math.round((this.end - this.#epoch) / this.#width) - 1
    if (this.#touched.size > 0 || this.#mostUsers !== undefined) {
      const slot: Slot = { index, span: 1, users: this.#mostUsers, cells: new Map() }
      for (const series of this.#touched) slot.cells.set(series, series.turn())
      this.#add(slot)
    }
    this.#touched.clear()
    this.#mostUsers = this.#users
    const next = Math.max(index, Math.floor((now - this.#epoch) / this.#width))
    this.end = this.#epoch + (next + 1) * this.#width
  }

  /**
   * Changes what a series holds in the first closed window, from that of the stamp on, for which
   * `change` gives a new cell: a sample that came late lies in a later window than its stamp says.
   * False when there is none, so that it must be in the open one.
   */
  amend(series: Gatherer, at: Ms, change: (cell: Cell) => Cell | undefined): boolean {
    const index = Math.floor((at - this.#epoch) / this.#width)
    const before = this.#slots.findLastIndex((slot) => slot.index + slot.span <= index)
    for (const { cells } of this.#slots.slice(before + 1)) {
      const cell = cells.get(series)
      const changed = cell === undefined ? undefined : change(cell)
      if (changed === undefined) continue
      cells.set(series, changed)
      return true
    }
    return false
  }

  /** The finished windows of some series together, the oldest first. */
  windows(of: readonly Gatherer[]): readonly Window[] {
    const wanted = new Set(of)
    return this.#slots.map((slot) => {
      const cells = [...slot.cells].filter(([series]) => wanted.has(series)).map(([, cell]) => cell)
      const stretch = { at: slot.index * this.#width, width: slot.span * this.#width }
      return { ...stretch, users: slot.users, ...joinCells(cells) }
    })
  }

  #add(slot: Slot): void {
    const last = this.#slots.at(-1)
    if (last !== undefined && last.index + last.span > slot.index) join(last, slot)
    else this.#slots.push(slot)
    if (this.#slots.length > this.#limit) this.#coarsen()
  }

  /** Joins the two neighbours that are shortest together, sparing the recent windows. */
  #coarsen(): void {
    let at = 0
    for (let each = 1; each + 1 < this.#slots.length - RECENT; each++) {
      if (this.#spanOfPair(each) < this.#spanOfPair(at)) at = each
    }
    const [left, right] = this.#slots.slice(at, at + 2)
    if (left === undefined || right === undefined) return
    join(left, right)
    this.#slots.splice(at + 1, 1)
  }

  #spanOfPair(at: number): number {
    const [left, right] = [this.#slots[at], this.#slots[at + 1]]
    return left === undefined || right === undefined ? Infinity : spanOf(left, right)
  }
}

const spanOf = (left: Slot, right: Slot): number => right.index + right.span - left.index

function join(left: Slot, right: Slot): void {
  left.span = Math.max(left.span, spanOf(left, right))
  if (right.users !== undefined) left.users = Math.max(left.users ?? 0, right.users)
  for (const [series, cell] of right.cells) {
    const before = left.cells.get(series)
    left.cells.set(series, before === undefined ? cell : joinCells([before, cell]))
  }
}

/** Several cells as one: everything is added up. */
export function joinCells(cells: readonly Cell[]): Cell {
  const [only] = cells
  if (only === undefined) return EMPTY_CELL
  if (cells.length === 1) return only
  const total = (pick: (cell: Cell) => number): number =>
    cells.reduce((sum, cell) => sum + pick(cell), 0)
  return {
    ok: total((cell) => cell.ok),
    failed: total((cell) => cell.failed),
    aborted: total((cell) => cell.aborted),
    latency: mergeHistograms(cells.map((cell) => cell.latency)),
  }
}
