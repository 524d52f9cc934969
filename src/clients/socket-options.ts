import type { DurationInput, Ms } from '../units/units.ts'
import type { SignalPaths } from './socket-signal.ts'
import type { Tags } from './tags.ts'
import type { TimeoutOptions } from './timeouts.ts'

/** How long something on a socket may take. */
export interface WaitOptions {
  /** Default: the caller's total timeout, 60 s. */
  readonly timeout?: DurationInput
}

export interface RequestOptions extends WaitOptions {
  /** What it is recorded under, instead of `WS /path` and the message's `type`. */
  readonly name?: string
  readonly tags?: Tags
}

export interface SocketStreamOptions extends Omit<RequestOptions, 'timeout'>, SignalPaths {
  /** In all, or its parts: `{ firstToken, stall, total }`. */
  readonly timeout?: DurationInput | TimeoutOptions
}

export interface MeasureOptions<T> extends WaitOptions {
  /**
   * When the cause was, instead of now: a stamp of `performance.now()`, a function that tells it for
   * the message, or the path to a field with a time of day (ISO 8601, or seconds or milliseconds of
   * the epoch) by the clock of the service.
   */
  readonly since?: Since<T>
}

export type Since<T> = Ms | string | ((message: T) => Ms)

/** A message, and how long after its cause it came. */
export interface Measured<T> {
  readonly message: T
  readonly took: Ms
}
