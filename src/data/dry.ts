import { UsageError } from '../errors/usage-error.ts'
import type { RowPick, WhenDry } from './data-source.ts'

interface Rows {
  readonly label: string
  readonly total: number
}

/**
 * Tells before any traffic whether every user can have a row of its own.
 * @param users how many will take rows of the feed, those of all generators
 * @throws UsageError when unique rows would run dry
 */
export function checkUsers(
  feed: Rows & { readonly pick: RowPick; readonly whenDry: WhenDry },
  users: number,
): void {
  if (feed.pick === 'unique' && feed.whenDry === 'fail' && users > feed.total)
    throw dry(feed, users)
}

/** @param users how many need a row, one too many or more */
export function dry({ label, total }: Rows, users: number): UsageError {
  const who = `${label} has ${count(total, 'row')} for ${count(users, 'user')}`
  return UsageError.saying(
    label,
    `${who}, and pick: 'unique' gives each user its own. Add ${count(users - total, 'row')}, start ` +
      "fewer users, or let users share rows with whenDry: 'wrap'",
  )
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
