import { seededRandom, seedOf, type Random } from '../stats/random.ts'
import type { RowPick, WhenDry } from './data-source.ts'
import { dry } from './dry.ts'
import type { Share } from './share.ts'

/** Gives the next row of a user, or of an arrival. */
export type Picker<Row> = (user: number, arrival?: number) => Row

export interface PickerOptions {
  readonly label: string
  readonly pick: RowPick
  readonly whenDry: WhenDry
  readonly total: number
  readonly share: Share
  /** Those who take unique rows, in their order. */
  readonly users: readonly number[]
  readonly seed: number
}

export function createPicker<Row>(rows: readonly Row[], options: PickerOptions): Picker<Row> {
  if (options.pick === 'unique') return unique(rows, options)
  return options.pick === 'random' ? random(rows, options) : inOrder(rows, options)
}

/**
 * All users draw from one deck. Beside other generators each user has a lane of its own, as many apart as there
 * are users: users that draw alike often take together what those of one generator would.
 */
function inOrder<Row>(rows: readonly Row[], { share, users }: PickerOptions): Picker<Row> {
  const ranks = new Map(users.map((user, rank) => [user, rank]))
  const lanes = new Map<number, number>()
  let deck = share.index
  const draw = (user: number): number => {
    const lane = share.of === 1 ? undefined : (lanes.get(user) ?? ranks.get(user))
    if (lane !== undefined) {
      lanes.set(user, lane + users.length)
      return lane
    }
    const next = deck
    deck += share.of
    return next
  }
  return (user, arrival) => rows[(arrival ?? draw(user)) % rows.length] as Row
}

/** Every user, or arrival, has a sequence of its own, so that who comes first changes nothing. */
function random<Row>(rows: readonly Row[], { seed, label }: PickerOptions): Picker<Row> {
  const byUser = new Map<number, Random>()
  // Apart from what the users draw themselves, and from other files.
  const own = seedOf(seed, hash(label))
  return (user, arrival) => {
    if (arrival !== undefined) return seededRandom(seedOf(own, arrival)).pick(rows)
    let draw = byUser.get(user)
    if (draw === undefined) {
      draw = seededRandom(seedOf(own, user))
      byUser.set(user, draw)
    }
    return draw.pick(rows)
  }
}

/**
 * Rows go to users in the order in which these are listed, whatever their numbers: several kinds of users
 * may share one source. Whoever is not listed comes behind all that are.
 */
function unique<Row>(rows: readonly Row[], options: PickerOptions): Picker<Row> {
  const { share, users, whenDry } = options
  const ranks = new Map(users.map((user, rank) => [user, rank]))
  let next = users.length + share.index
  return (user) => {
    const rank = ranks.get(user) ?? next
    if (rank === next && !ranks.has(user)) {
      ranks.set(user, rank)
      next += share.of
    }
    if (whenDry === 'fail' && rank >= rows.length) throw dry(options, rank + 1)
    return rows[rank % rows.length] as Row
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (const unit of Buffer.from(text)) state = Math.imul(state ^ unit, 0x01000193)
  return state >>> 0
}
