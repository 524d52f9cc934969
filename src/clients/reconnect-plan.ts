import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toCount, toMs, toRatio } from '../units/parse.ts'
import type { DurationInput, Ms, Ratio, RatioInput } from '../units/units.ts'

/** How a socket comes back by itself when its connection is lost. */
export interface ReconnectOptions {
  /** Before the first attempt. Default 100 ms. */
  readonly delay?: DurationInput
  /** How many times longer each delay is than the one before. Default 2. */
  readonly factor?: number
  /** The longest delay. Default 5 s. */
  readonly max?: DurationInput
  /** After so many in vain it is given up. Default 10. */
  readonly attempts?: number
  /** By up to which share a delay is cut short, at random by the seed, so that users spread. Default 50 %. */
  readonly jitter?: RatioInput
}

/** The same in numbers. */
export interface ReconnectPlan {
  readonly delay: Ms
  readonly factor: number
  readonly max: Ms
  readonly attempts: number
  readonly jitter: Ratio
}

const KNOWN = ['delay', 'factor', 'max', 'attempts', 'jitter']

/** @throws UsageError with all mistakes in them */
export function toReconnectPlan(
  input: boolean | ReconnectOptions | undefined,
): ReconnectPlan | undefined {
  if (input === undefined || input === false) return undefined
  const options: ReconnectOptions = input === true ? {} : input
  if (typeof options !== 'object') {
    throw new UsageError('reconnect', "true, or how: { delay: '100ms', attempts: 10 }", input)
  }
  const mistakes = new Mistakes()
  for (const key of Object.keys(options)) {
    if (KNOWN.includes(key)) continue
    const message = `reconnect.${key} is not known; ${knownNames(key, KNOWN)}`
    mistakes.add(UsageError.saying(`reconnect.${key}`, message))
  }
  const { delay = 100, factor = 2, max = 5_000, attempts = 10, jitter = 0.5 } = options
  const plan = {
    delay: mistakes.check(() => toMs(delay, 'reconnect.delay'), 0),
    factor: mistakes.check(() => toFactor(factor), 1),
    max: mistakes.check(() => toMs(max, 'reconnect.max'), 0),
    attempts: mistakes.check(() => toCount(attempts, 'reconnect.attempts'), 1),
    jitter: mistakes.check(() => toRatio(jitter, 'reconnect.jitter'), 0),
  }
  mistakes.throwAll('reconnect')
  return plan
}

function toFactor(factor: unknown): number {
  if (typeof factor === 'number' && Number.isFinite(factor) && factor >= 1) return factor
  throw new UsageError('reconnect.factor', 'a number of at least 1', factor)
}

/**
 * How long to wait before an attempt, the first being 0: `min(max, delay × factor^attempt)`, cut short
 * by up to `jitter` of it.
 */
export const delayBefore = (
  attempt: number,
  { delay, factor, max, jitter }: ReconnectPlan,
  random: () => number,
): Ms => Math.min(max, delay * factor ** attempt) * (1 - jitter * random())
