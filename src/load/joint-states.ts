import { mergeRecordings } from '../metrics/merge-recordings.ts'
import { packRecording, unpackState } from '../metrics/recording-part.ts'
import type { RecorderState } from '../metrics/recorded.ts'
import type { SeriesState } from '../metrics/series-data.ts'
import type { PhaseSoFar, Pulse } from './collective.ts'
import type { PhaseState } from './journal.ts'

/** More generators would send more than one of them can read beside its own load: they say sums only. */
export const MOST_IN_FULL = 16

/** What phases have recorded so far, as JSON, without their course. */
export const phasesSoFar = (phases: readonly PhaseState[]): readonly PhaseSoFar[] =>
  phases.map(({ name, from, to, state }) => ({
    name,
    from,
    to,
    recording: packRecording(withoutJoint(state), () => []),
  }))

/** The times of each stream together are for the end: they are large, and no one looks at them before. */
function withoutJoint(state: RecorderState): RecorderState {
  const bare = (series: SeriesState): SeriesState => ({ ...series, joint: undefined })
  return {
    ...state,
    operations: state.operations.map(bare),
    iterations: bare(state.iterations),
    ownFailures: bare(state.ownFailures),
    groups: state.groups.map(bare),
  }
}

/** What other generators have recorded so far, as they said it last. */
export class JointStates {
  readonly #others = new Map<number, Pulse>()

  take(generator: number, pulse: Pulse): void {
    this.#others.set(generator, pulse)
  }

  /** Their users at work. */
  get users(): number {
    return [...this.#others.values()].reduce((sum, { users }) => sum + users, 0)
  }

  /** The phases of this generator with theirs. */
  with(own: readonly PhaseState[]): readonly PhaseState[] {
    const others = [...this.#others.values()].flatMap(({ phases = [] }) => phases)
    if (others.length === 0) return own
    const byName = Map.groupBy([...phasesSoFar(own), ...others], ({ name }) => name)
    return [...byName].map(([name, phases]) => ({
      name,
      from: Math.min(...phases.map(({ from }) => from)),
      to: Math.max(...phases.map(({ to }) => to)),
      state: unpackState(mergeRecordings(phases.map(({ recording }) => recording))),
    }))
  }
}
