import type { LoadState } from '../load/journal.ts'
import type { RunData } from '../load/load-run.ts'
import type { PhaseSummary } from '../load/run-parts.ts'
import { assemble } from '../metrics/assemble.ts'
import { Recorder } from '../metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../metrics/summary.ts'
import { Course } from './course.ts'
import type { JournalHead } from './journal-lines.ts'
import { NOTHING } from './monitor-record.ts'
import { patched, type Patch } from './patch.ts'

/** A load, made again from the lines of its journal, one by one as they come. It needs no Node. */
export class Replay {
  readonly #load: JournalHead['load']
  readonly #courses = new Map<string, Course>()
  #state: LoadState | undefined

  constructor({ load }: JournalHead) {
    this.#load = load
  }

  add(patch: Patch): void {
    const before = this.#state
    const now = patched(before, patch) as LoadState
    for (const [at, phase] of now.phases.entries()) {
      if (phase === before?.phases[at]) continue
      const course = this.#courses.get(phase.name) ?? new Course()
      this.#courses.set(phase.name, course)
      course.add({ to: phase.to - phase.from, users: now.users, state: phase.state })
    }
    this.#state = now
  }

  /** The run that the lines so far amount to; `undefined` before the first. */
  run(): RunData | undefined {
    return this.#state && runOf(this.#load, this.#state, this.#courses)
  }
}

function runOf(
  { limits, ...load }: JournalHead['load'],
  state: LoadState,
  courses: ReadonlyMap<string, Course>,
): RunData {
  const { end, elapsed, service } = state
  const summaries = state.phases.map(({ name, from, to, state: recorded }) => ({
    name,
    from,
    summary: summarize(assemble(recorded, courses.get(name)?.windowsOf ?? none), to - from),
  }))
  const steady = summaries.find(({ name }) => name === 'steady')?.summary ?? nothing()
  return {
    ...steady,
    ...load,
    ...(limits !== undefined && end?.steps === undefined && { limits }),
    elapsed,
    phases: summaries.filter((each): each is PhaseSummary & typeof each => each.name !== 'steady'),
    ...NOTHING,
    ...(service && serviceOf(service)),
    ...(end ?? { ending: 'interrupted', reason: CUT, partial: true }),
  }
}

const CUT = 'its process ended before it did'

const none = (): readonly [] => []

const nothing = (): RecordingSummary => summarize(new Recorder(0).data(0), 0)

type Service = Exclude<LoadState['service'], undefined>

function serviceOf({ memory, cpu, watchedFrom, ...watched }: Service): Partial<RunData> {
  return { memory, cpu, watched, watchedFrom }
}
