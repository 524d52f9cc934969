import type { Share } from '../data/share.ts'
import type { RecordingPart } from '../metrics/recording-part.ts'
import type { HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { PhaseName } from './phases.ts'
import type { MergedParts, RunPart } from './run-part.ts'
import type { Ending } from './run-parts.ts'
import type { SteerCommand } from './steering.ts'

/**
 * The other generators of a run, as a load sees them: each calls `load` alike, sends its share, and
 * awaits the same merged run. A load on its own has none.
 */
export interface Collective {
  /** Which generator this is of how many. */
  readonly share: Share
  /**
   * Meets the others over a load, before any traffic.
   * @throws Error that names the generator that differs, failed, or did not come in time
   */
  join(load: CollectiveLoad): Promise<JointLoad>
}

/** A load as its generators agree on it. */
export interface CollectiveLoad {
  readonly title: string
  /** By which each would go alone; the first to come says it for all. */
  readonly seed: number
  /** What has to be the same everywhere, by what it is called: `options`, `scenario`. */
  readonly facts: Readonly<Record<string, string>>
  /** Gives it up. */
  readonly signal: AbortSignal
}

/** A load that generators have met over. Whoever leaves it without `merge` fails it. */
export interface JointLoad {
  /** Which share of arrivals, users, rows and iterations is this generator's. */
  readonly share: Share
  readonly seed: number
  /**
   * Says that this generator is ready and waits for all others.
   * @returns when the load begins, on the own clock, which lies a moment ahead
   * @throws Error that names who is missing; the signal's reason when it aborts
   */
  start(signal: AbortSignal): Promise<Ms>
  /** Has the others end the load, too. */
  end(ending: JointEnding): void
  /** Calls when another generator ends the load, once. */
  onEnd(ends: (ending: JointEnding) => void): void
  /** Has the others do what this one was told by whoever watches it. */
  steer(command: SteerCommand): void
  /** Calls with what another generator was told. */
  onSteer(steers: (command: SteerCommand) => void): void
  /** Says, second by second, that this generator is alive and what it does. */
  pulse(pulse: Pulse): void
  /** Calls with what each says of itself, this one included; in the first generator only. */
  onPulse(look: (generator: number, pulse: Pulse) => void): void
  /**
   * The run of all generators. A lost one is named in it; the run is then one that was not delivered.
   * @param within how long others may take to end after this one
   */
  merge(part: RunPart, within: Ms): Promise<MergedParts>
  /** Nothing came of it here: the others are told why. */
  fail(error: unknown): Promise<void>
}

/** How one generator ends the load of all. */
export interface JointEnding {
  readonly ending: Exclude<Ending, 'complete' | 'deadline'>
  readonly reason?: string | undefined
}

/** What one generator does, so far. */
export interface Pulse {
  readonly phase: PhaseName
  readonly elapsed: Ms
  /** Virtual users at work. */
  readonly users: number
  /** Completed in all phases. */
  readonly count: number
  readonly failed: number
  /** Latencies of the phase that came since the pulse before. */
  readonly latency: HistogramData
  /** What each phase has recorded so far; of few generators only. */
  readonly phases?: readonly PhaseSoFar[] | undefined
}

/** One phase, as a generator has recorded it so far: without its course. */
export interface PhaseSoFar {
  readonly name: PhaseName
  /** On the run's clock. */
  readonly from: Ms
  readonly to: Ms
  readonly recording: RecordingPart
}
