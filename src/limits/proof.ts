import type { Ms, Ratio } from '../units/units.ts'

/** How sure it is that a limit was met or missed, as plain data for the run file. */
export interface Proof {
  readonly status: 'pass' | 'fail' | 'inconclusive'
  /** Of the verdict, and of each end of the interval. */
  readonly confidence: Ratio
  /** Between what the figure lies, in the limit's unit; an end that is not known is missing. */
  readonly low?: number | undefined
  readonly high?: number | 'never' | undefined
  /** How many independent values its samples are worth, where that is known. */
  readonly effective?: number | undefined
  /** Samples that would settle it; missing when it is settled, or when no number would. */
  readonly needs?: number | undefined
  /** The judged time was too short to see how its seconds differ: it should have had so many windows. */
  readonly short?: number | undefined
  /** How long it would have to be watched to settle it, and how long it was. */
  readonly time?: { readonly needs: Ms; readonly had: Ms } | undefined
  /** How many of them lie above the limit; of a percentile. */
  readonly beyond?: number | undefined
  /** So many of them are no chance, but may all come from one slow moment. */
  readonly clumped?: true | undefined
  /** How many of what it counts it had, where that is not the number of samples. */
  readonly had?: number | undefined
  /** What its samples are: `requests`. */
  readonly counts?: string | undefined
}
