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
export function dry({ label, total, own, share }: Rows, users: number): UsageError {
  const lacking = users - own
  const who =
    share.of === 1
      ? ''
      : ` of generator ${share.index + 1} of ${share.of} (of ${total} rows in all)`
  return UsageError.saying(
    label,
    `${label} has ${count(own, 'row')} for ${count(users, 'user')}${who}, and pick: 'unique' gives ` +
      `each user its own. Add ${count(lacking, 'row')}, start fewer users, or let users share rows ` +
      "with whenDry: 'wrap'",
  )
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
