import type { Clock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import type { Facts } from './facts.ts'
import type { RedisKeys } from './redis-keys.ts'
import type { Argument, RedisLink } from './redis-link.ts'
import type { RedisScript } from './redis-scripts.ts'

/** One generator that has claimed its place in a run. */
export interface RedisMember {
  /** For people: `run nightly-17, checkout.perf.ts > buys`. */
  readonly run: string
  /** What the generators came together for; a run has several, one after the other. */
  readonly meeting: string
  readonly share: Share
  readonly facts: Facts
  readonly keys: RedisKeys
  readonly link: RedisLink
  readonly clock: Clock
  /** How long a generator may be silent before it is lost. */
  readonly lease: Ms
  /** Aborts, with a RendezvousError, when this generator can take no part any more. */
  readonly broken: AbortSignal
  /** Between two looks of one who waits. */
  readonly pause: Ms
  /** Runs a script in the name of this generator. */
  ask(script: RedisScript, keys: readonly string[], ...args: Argument[]): Promise<unknown>
}

/** What a run keeps in Redis is gone after a day, however the run ended. */
export const KEPT_SECONDS = 24 * 3_600

/** Between two looks of one who cannot go on: a start that is agreed on must be heard of in time. */
export const pauseOf = (generators: number): Ms => Math.min(Math.max(20, generators), 100)

/** Between two looks at a stream, which go on all the time: of all together a thousand in a second. */
export const lookOf = (generators: number): Ms => Math.min(Math.max(100, generators), 1_000)
