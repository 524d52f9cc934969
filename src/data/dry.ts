import { UsageError } from '../errors/usage-error.ts'
import type { RowPick, WhenDry } from './data-source.ts'
import type { Share } from './share.ts'

interface Rows {
  readonly label: string
  readonly total: number
  readonly own: number
  readonly share: Share
}

/**
 * Tells before any traffic whether every user can have a row of its own.
 * @param users how many of this generator's users will take rows of the feed
 * @throws UsageError when unique rows would run dry
 */
export function checkUsers(
  feed: Rows & { readonly pick: RowPick; readonly whenDry: WhenDry },
  users: number,
): void {
  if (feed.pick === 'unique' && feed.whenDry === 'fail' && users > feed.own) throw dry(feed, users)
}

/** @param users how many need a row, one too many or more */
export function dry({ label, total, own, share: { index, of } }: Rows, users: number): UsageError {
  const rows = `${label} has ${count(total, 'row')}`
  const who =
    of === 1
      ? `${rows} for ${count(users, 'user')}`
      : `${rows}, ${own.toLocaleString('en-US')} of them for the ${count(users, 'user')} of generator ${index + 1} of ${of}`
  // The row of the last user of this generator comes after those of all others.
  const needed = (users - 1) * of + index + 1
  return UsageError.saying(
    label,
    `${who}, and pick: 'unique' gives each user its own. Add ${count(needed - total, 'row')}, start ` +
      "fewer users, or let users share rows with whenDry: 'wrap'",
  )
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
