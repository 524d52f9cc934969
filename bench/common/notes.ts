import { findCores, UNPINNED } from './cores.ts'
import { median } from './median.ts'

/** A server this busy may be what limits the rates. */
const LIMITING = 0.9

/** How busy the server was, and whether the processes were pinned. */
export function serverNote(measured: readonly { readonly serverBusy: number }[]): string[] {
  const share = median(measured.map(({ serverBusy }) => serverBusy))
  const limits = share > LIMITING ? ': it limits the rates, go by the CPU' : ''
  const note = `the server used ${Math.round(share * 100)} % of its core${limits}`
  return findCores() === undefined ? [note, UNPINNED] : [note]
}
