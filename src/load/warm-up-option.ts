import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/** A time, or one that is found: at most as long as the judged time (`'auto'`), or as is said. */
export type WarmUpInput = DurationInput | 'auto' | { readonly atMost: DurationInput }

/** The same in numbers. */
export interface WarmUp {
  /** How long it is, or may be. */
  readonly time: Ms
  /** It ends when the load is found to be warm. */
  readonly found: boolean
}

export const NO_WARM_UP: WarmUp = { time: 0, found: false }

const EXPECTED = "a time ('10s'), 'auto', or { atMost: '30s' }"

/**
 * @param duration the judged time as it was given
 * @throws UsageError for what is no time
 */
export function toWarmUp(input: unknown, path: string, duration: unknown): WarmUp {
  if (input === undefined) return NO_WARM_UP
  if (input === 'auto') return { time: usualTime(duration), found: true }
  if (typeof input !== 'object' || input === null) return { time: toMs(input, path), found: false }
  const { atMost, ...others } = input as { readonly atMost?: unknown }
  if (atMost === undefined || Object.keys(others).length > 0) {
    throw new UsageError(path, EXPECTED, input)
  }
  const time = toMs(atMost, `${path}.atMost`)
  if (time > 0) return { time, found: true }
  throw new UsageError(`${path}.atMost`, "longer than nothing, like '30s'", atMost)
}

/** As long as what it is for; what is wrong with that is told elsewhere. */
function usualTime(duration: unknown): Ms {
  try {
    return Math.max(1, toMs(duration, 'duration'))
  } catch {
    return 1
  }
}
