import { seededRandom, seedOf, type Random } from '../stats/random.ts'
import type { RowPick, WhenDry } from './data-source.ts'
import { dry } from './dry.ts'
import type { Share } from './share.ts'

/** Gives the next row of a user. */
export type Picker<Row> = (user: number) => Row

export interface PickerOptions {
  readonly label: string
  readonly pick: RowPick
  readonly whenDry: WhenDry
  readonly total: number
  readonly share: Share
  readonly seed: number
}

export function createPicker<Row>(rows: readonly Row[], options: PickerOptions): Picker<Row> {
  if (options.pick === 'unique') return unique(rows, options)
  return options.pick === 'random' ? random(rows, options) : roundRobin(rows)
}

function roundRobin<Row>(rows: readonly Row[]): Picker<Row> {
  let next = 0
  return () => {
    const row = rows[next] as Row
    next = (next + 1) % rows.length
    return row
  }
}

/** Every user has a sequence of its own, so that who comes first changes nothing. */
function random<Row>(rows: readonly Row[], { seed, label }: PickerOptions): Picker<Row> {
  const byUser = new Map<number, Random>()
  // Apart from what the users draw themselves, and from other files.
  const own = seedOf(seed, hash(label))
  return (user) => {
    let draw = byUser.get(user)
    if (draw === undefined) {
      draw = seededRandom(seedOf(own, user))
      byUser.set(user, draw)
    }
    return draw.pick(rows)
  }
}

/**
 * Rows go to users in the order in which they come, whatever their numbers: several kinds of users
 * may share one source, and some may never start.
 */
function unique<Row>(rows: readonly Row[], options: PickerOptions): Picker<Row> {
  const byUser = new Map<number, Row>()
  const take = roundRobin(rows)
  return (user) => {
    if (byUser.has(user)) return byUser.get(user) as Row
    if (options.whenDry === 'fail' && byUser.size >= rows.length) {
      throw dry({ ...options, own: rows.length }, byUser.size + 1)
    }
    const row = take(user)
    byUser.set(user, row)
    return row
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (const unit of Buffer.from(text)) state = Math.imul(state ^ unit, 0x01000193)
  return state >>> 0
}
