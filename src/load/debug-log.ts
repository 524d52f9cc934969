import { ExchangeLog } from '../clients/exchange-log.ts'

/** Iterations of the first user that `PERF_DEBUG` shows. */
const SHOWN = 3

/** What the exchanges of a virtual user are shown in: those of the first one, in its first iterations. */
export function debugLog(
  user: { readonly user: number; readonly iteration: number },
  write: ((entry: string) => void) | undefined,
): ExchangeLog | undefined {
  if (write === undefined || user.user !== 0) return undefined
  return new ExchangeLog(write, () =>
    user.iteration < SHOWN ? `user 0, iteration ${user.iteration}` : undefined,
  )
}
