import type { RecordingPart } from '../metrics/recording-part.ts'
import type { SendingData } from '../metrics/sending.ts'
import type { Accounting, GeneratorSummary } from '../monitors/generator-summary.ts'
import type { Ms, Ratio } from '../units/units.ts'
import type { RunData } from './load-run.ts'
import type { PhaseName } from './phases.ts'
import type { Ending, Mark } from './run-parts.ts'

/** One phase, as one generator or several together recorded it. */
export interface PhasePart {
  readonly name: PhaseName
  /** Since the common start of the load. */
  readonly from: Ms
  readonly to: Ms
  readonly recording: RecordingPart
}

/** What was seen of the service under test. */
export type ServicePart = Pick<RunData, 'memory' | 'cpu' | 'watched' | 'watchedFrom'>

/** One generator's part of a load, as plain JSON. */
export interface RunPart {
  /** Wall clock, ISO 8601. */
  readonly startedAt: string
  readonly ending: Ending
  readonly reason?: string | undefined
  /** It ended since another generator did. */
  readonly told?: true | undefined
  /** From the common start to the end of its last iteration. */
  readonly elapsed: Ms
  /** How long after the common start it was ready to send. */
  readonly late: Ms
  readonly phases: readonly PhasePart[]
  /** How it kept up by itself. */
  readonly generator: GeneratorSummary
  /** What its users did in the judged time. */
  readonly sent: SendingData
  /** The time of all its operations of the judged time, added up. */
  readonly busy: Ms
  /** Of the one generator that watches it. */
  readonly service?: ServicePart | undefined
  /** On the clock of the run: 0 is the start of the judged time. */
  readonly marks?: readonly Mark[] | undefined
}

/** A generator's part, with whose it is and how its clock stood to the common one. */
export interface PartOfGenerator {
  /** From 0. */
  readonly generator: number
  readonly clock: ClockOffset
  readonly part: RunPart
}

/** How a generator's clock stands to the common one. */
export interface ClockOffset {
  /** To be added to its own clock. */
  readonly offset: Ms
  /** The true offset lies within so much of it: half of the quickest round trip. */
  readonly uncertainty: Ms
}

/** A generator of whom no part came. */
export interface LostGenerator {
  /** From 0. */
  readonly generator: number
  /** `its process ended`, `nothing was heard of it for 10 s` */
  readonly why: string
}

/** One generator of a run that several made together, as the run keeps it. */
export interface GeneratorPart {
  /** From 1, as `PERF_GENERATOR=1/4` has it. */
  readonly number: number
  /** Why nothing of it is in the figures; absent when all is. */
  readonly lost?: string | undefined
  readonly ending?: Ending | undefined
  readonly clock?: ClockOffset | undefined
  /** How long after the common start it was ready to send. */
  readonly late?: Ms | undefined
  readonly elapsed?: Ms | undefined
  readonly saturated?: boolean | undefined
  readonly hostBusy?: boolean | undefined
  readonly reasons?: readonly string[] | undefined
  /** Share of the judged time in which its event loop was at work. */
  readonly loop?: Ratio | undefined
  /** Cores that its process kept busy. */
  readonly cpu?: number | undefined
  readonly users?: number | undefined
  readonly iterations?: Accounting | undefined
  readonly requests?: Accounting | undefined
}

/** What all parts amount to, as plain JSON: the same in every generator. */
export interface MergedParts extends Pick<
  RunPart,
  'startedAt' | 'ending' | 'reason' | 'elapsed' | 'phases' | 'generator' | 'service' | 'marks'
> {
  /** Each of them, lost ones included. */
  readonly generators: readonly GeneratorPart[]
}
