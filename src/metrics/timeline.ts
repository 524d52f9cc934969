import type { Ms } from '../units/units.ts'
import { joinCells, sumOf, type Cell } from './cell.ts'
import { coarsened } from './coarse-cell.ts'
import { joinSlots, spanOf, type Gatherer, type Slot } from './slot.ts'

/** One stretch of the run: `at` ms after its start, `width` ms long. */
export interface Window extends Cell {
  readonly at: Ms
  readonly width: Ms
  /** The most virtual users active in it. */
  readonly users: number | undefined
}

/** The length of a window, as long as it is not joined with others. */
export const WINDOW: Ms = 1_000

/** Windows kept at full resolution however long the run gets. */
const RECENT = 120

/**
 * Per-second windows on one grid for all series. Only the open window is dense; a finished one is
 * kept sparse. Beyond `limit` windows the two shortest neighbours among the older ones are joined, so
 * that a soak costs constant memory, coarsens evenly, and keeps its last two minutes sharp.
 */
export class Timeline {
  /** The stamp at which the open window ends; samples from then on belong to the next. */
  end: Ms
  /** That of the next phase: tokens of streams that began in this one may come there. */
  next: Timeline | undefined
  readonly epoch: Ms
  readonly #width: Ms
  readonly #limit: number
  readonly #slots: Slot[] = []
  readonly #touched = new Set<Gatherer>()
  /** Tokens that arrived in the open window. */
  #tokens = new Map<string, number>()
  #users: number | undefined
  #mostUsers: number | undefined

  constructor(epoch: Ms, { width = WINDOW, limit = 600 } = {}) {
    this.epoch = epoch
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
    const index = this.#openIndex
    if (this.#touched.size > 0 || this.#tokens.size > 0 || this.#mostUsers !== undefined) {
      const { users, tokens } = { users: this.#mostUsers, tokens: this.#tokens }
      const slot: Slot = { index, span: 1, users, cells: new Map(), tokens }
      // Also when it is empty: what comes next is not of this window.
      this.#tokens = new Map()
      for (const series of this.#touched) slot.cells.set(series, series.turn())
      this.#add(slot)
    }
    this.#touched.clear()
    this.#mostUsers = this.#users
    const next = Math.max(index, Math.floor((now - this.epoch) / this.#width))
    this.end = this.epoch + (next + 1) * this.#width
  }

  /**
   * Changes what a series holds in the first closed window, from that of the stamp on, for which
   * `change` gives a new cell: a sample that came late lies in a later window than its stamp says.
   * False when there is none, so that it must be in the open one.
   */
  amend(series: Gatherer, at: Ms, change: (cell: Cell) => Cell | undefined): boolean {
    const index = Math.floor((at - this.epoch) / this.#width)
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
    return this.#slots.map((slot) => {
      const cells = of.map((series) => slot.cells.get(series)).filter((cell) => cell !== undefined)
      const stretch = { at: slot.index * this.#width, width: slot.span * this.#width }
      const tokens = sumOf(of.map(({ name }) => slot.tokens.get(name)))
      const window = { ...stretch, users: slot.users, ...joinCells(cells) }
      return tokens === undefined ? window : { ...window, tokens }
    })
  }

  /** Notes tokens of a series that arrived at `at`, be that long ago: a stream counts them at its end. */
  arrived(name: string, at: Ms, tokens: number): void {
    if (at >= this.end) this.roll(at)
    const index = Math.floor((at - this.epoch) / this.#width)
    const into = index >= this.#openIndex ? this.#tokens : this.#slotOf(index).tokens
    into.set(name, (into.get(name) ?? 0) + tokens)
  }

  /** When the window that holds `at` ends. */
  endOf(at: Ms): Ms {
    return this.epoch + (Math.floor((at - this.epoch) / this.#width) + 1) * this.#width
  }

  get #openIndex(): number {
    return Math.round((this.end - this.epoch) / this.#width) - 1
  }

  /** The finished window of an index; one that was left out, since nothing happened in it, is put in. */
  #slotOf(index: number): Slot {
    const before = this.#slots.findLastIndex((slot) => slot.index <= index)
    const found = this.#slots[before]
    if (found !== undefined && index < found.index + found.span) return found
    const slot: Slot = { index, span: 1, users: undefined, cells: new Map(), tokens: new Map() }
    this.#slots.splice(before + 1, 0, slot)
    return slot
  }

  #add(slot: Slot): void {
    const last = this.#slots.at(-1)
    if (last !== undefined && last.index + last.span > slot.index) joinSlots(last, slot)
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
    joinSlots(left, right)
    for (const [series, cell] of left.cells) left.cells.set(series, coarsened(cell))
    this.#slots.splice(at + 1, 1)
  }

  #spanOfPair(at: number): number {
    const [left, right] = [this.#slots[at], this.#slots[at + 1]]
    return left === undefined || right === undefined ? Infinity : spanOf(left, right)
  }
}
