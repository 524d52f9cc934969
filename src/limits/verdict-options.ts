import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toRatio } from '../units/parse.ts'
import type { Ratio, RatioInput } from '../units/units.ts'

/** What becomes of a limit that is not proven. */
export type OnInconclusive = 'warn' | 'fail' | 'extend'

/** How sure a verdict has to be, and what becomes of one that is not. */
export interface VerdictOptions {
  /** Of the verdict, and of each end of an interval: above 0.5, below 1. Default: 0.95. */
  readonly confidence?: RatioInput | undefined
  /**
   * What a limit does that is neither surely met nor surely missed: `'warn'` (the default) goes by the point
   * estimate and says "not proven"; `'fail'` fails; `'extend'` lets a load that was given it go on, up to its
   * `maxDuration`, and then does as `'warn'`.
   */
  readonly onInconclusive?: OnInconclusive | undefined
}

/** The options, checked and whole. */
export interface VerdictSettings {
  readonly confidence: Ratio
  readonly onInconclusive: OnInconclusive
  /** The confidence was asked for, and is not the default. */
  readonly stated?: true | undefined
}

export const DEFAULT_VERDICT: VerdictSettings = {
  confidence: 0.95,
  onInconclusive: 'warn',
}

const KNOWN = ['confidence', 'onInconclusive']

/**
 * The settings, with those of `base` where the options say nothing.
 * @throws UsageError for an unknown option, a confidence that is none
 */
export function toVerdictSettings(
  input: unknown,
  path: string,
  base: VerdictSettings = DEFAULT_VERDICT,
): VerdictSettings {
  if (input === undefined) return base
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, 'an object like { confidence: 0.99 }', input)
  }
  const unknown = Object.keys(input).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) {
    const message = `${path}.${unknown} is not an option; ${knownNames(unknown, KNOWN)}`
    throw UsageError.saying(`${path}.${unknown}`, message)
  }
  const { confidence, onInconclusive } = input as Readonly<Record<string, unknown>>
  const stated = confidence !== undefined || base.stated === true
  return {
    confidence:
      confidence === undefined ? base.confidence : toConfidence(confidence, `${path}.confidence`),
    ...(stated && { stated }),
    onInconclusive: toReaction(onInconclusive ?? base.onInconclusive, `${path}.onInconclusive`),
  }
}

function toConfidence(input: unknown, path: string): Ratio {
  const ratio = toRatio(input, path)
  if (ratio > 0.5 && ratio < 1) return ratio
  throw new UsageError(path, "above 0.5 and below 1, like 0.95 or '99%'", input)
}

function toReaction(input: unknown, path: string): VerdictSettings['onInconclusive'] {
  if (input === 'warn' || input === 'fail' || input === 'extend') return input
  throw new UsageError(path, "'warn', 'fail' or 'extend'", input)
}
