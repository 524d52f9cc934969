import type { Clock } from '../clock/clock.ts'
import type { RecorderState } from '../metrics/recorded.ts'
import type { Monitor } from '../monitors/monitor.ts'
import { startTicker, type Ticker } from '../monitors/ticker.ts'
import type { Ms } from '../units/units.ts'
import type { JointStates } from './joint-states.ts'
import type { LoadControl } from './load-control.ts'
import type { RunData } from './load-run.ts'
import type { Mark, WatchedMore } from './run-parts.ts'
import type { PhaseName } from './phases.ts'
import { watchedService } from './watched-service.ts'

/** What is known of a load when it begins. */
export type LoadHead = Pick<
  RunData,
  'title' | 'shape' | 'seed' | 'startedAt' | 'source' | 'limits' | 'verdict'
>

/** One phase of a load, so far. */
export interface PhaseState {
  readonly name: PhaseName
  /** On the run's clock. */
  readonly from: Ms
  readonly to: Ms
  readonly state: RecorderState
}

/** All that a load has recorded so far, as plain data. */
export interface LoadState {
  /** Since the load began. */
  readonly elapsed: Ms
  /** Virtual users at work. */
  readonly users: number
  readonly phases: readonly PhaseState[]
  /** What was done in the middle of it so far. */
  readonly marks?: readonly Mark[] | undefined
  /** Of the service; absent when there is none to watch. */
  readonly service?: (Pick<RunData, 'memory' | 'cpu' | 'watchedFrom'> & WatchedMore) | undefined
  /** What is known when it has ended. */
  readonly end?:
    | Pick<RunData, 'ending' | 'reason' | 'elapsed' | 'generator' | 'steps' | 'marks'>
    | undefined
}

/** Keeps a load while it runs, so that a process that is killed loses a second of it. */
export interface Journal {
  begin(head: LoadHead): void
  note(state: LoadState): void
  end(): void
}

const EVERY: Ms = 1_000

interface Kept {
  readonly journal: Journal
  readonly control: LoadControl
  readonly monitor: Monitor | undefined
  readonly clock: Clock
  /** What other generators of the load have recorded. */
  readonly others?: JointStates | undefined
  /** What was done so far. */
  readonly marks: () => Pick<RunData, 'marks'>
}

/** Hands a load's state to its journal, second by second. */
export class JournalWatch {
  readonly #kept: Kept
  #ticker: Ticker | undefined

  constructor(kept: Kept) {
    this.#kept = kept
  }

  begin(head: LoadHead): void {
    const { journal, clock } = this.#kept
    journal.begin(head)
    this.#ticker = startTicker({ interval: EVERY, clock }, () => {
      journal.note(this.#state())
      return Promise.resolve('go on')
    })
  }

  /** No more is recorded. */
  stop(): Promise<void> {
    return this.#ticker?.stop() ?? Promise.resolve()
  }

  /** Keeps how it ended. */
  end({ ending, reason, elapsed, generator, steps, marks }: RunData): void {
    const { journal } = this.#kept
    journal.note({ ...this.#state(), end: { ending, reason, elapsed, generator, steps, marks } })
    journal.end()
  }

  #state(): LoadState {
    const { control, monitor, clock, marks, others } = this.#kept
    const now = clock.now()
    const { phases } = control
    const own = phases.states(now)
    return {
      elapsed: now - control.startedAt,
      users: phases.users + (others?.users ?? 0),
      phases: others?.with(own) ?? own,
      ...marks(),
      service: monitor && serviceOf(monitor, phases.judgedFrom),
    }
  }
}

function serviceOf(monitor: Monitor, judgedFrom: Ms): LoadState['service'] {
  const { memory, cpu, watched, watchedFrom } = watchedService(monitor, judgedFrom)
  return { memory, cpu, ...watched, watchedFrom }
}
