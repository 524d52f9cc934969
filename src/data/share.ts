import { UsageError } from '../errors/usage-error.ts'
import { toCount } from '../units/parse.ts'

/** One generator of several: it has every `of`th row, the first of which is `index` (from 0). */
export interface Share {
  readonly index: number
  readonly of: number
}

/** A generator on its own. */
export const WHOLE: Share = { index: 0, of: 1 }

/** @throws UsageError for a generator that is none of the `of` */
export function checkShare({ index, of }: Share): void {
  toCount(of, 'share.of')
  toCount(index, 'share.index', 0)
  if (index >= of) throw new UsageError('share.index', `below share.of (${of})`, index)
}
