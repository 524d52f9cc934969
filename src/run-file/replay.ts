import type { LoadState } from '../load/journal.ts'
import type { RunData } from '../load/load-run.ts'
import type { PhaseSummary } from '../load/run-parts.ts'
import { assemble } from '../metrics/assemble.ts'
import type { Cell } from '../metrics/cell.ts'
import { Recorder } from '../metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../metrics/summary.ts'
import type { Ms } from '../units/units.ts'
import { Course } from './course.ts'
import { JOURNAL, type JournalHead } from './journal-lines.ts'
import { NOTHING } from './monitor-record.ts'
import { patched, type Patch } from './patch.ts'
import { toRunRecord, type RunRecord } from './run-record.ts'
import { VERSION } from './run-file.ts'

/** A load as its journal has it. */
export interface JournalRun {
  readonly head: JournalHead
  readonly run: RunRecord
}

/** What came of one operation in the last few seconds. */
export interface RecentCell {
  readonly name: string
  readonly cell: Cell
}

/** A load that comes back, line by line, from its journal. */
export class Replay {
  readonly head: JournalHead
  readonly #courses = new Map<string, Course>()
  #state: LoadState | undefined

  constructor(head: JournalHead) {
    this.head = head
  }

  add(patch: Patch): void {
    const now = patched(this.#state, patch) as LoadState
    for (const [at, phase] of now.phases.entries()) {
      if (phase === this.#state?.phases[at]) continue
      const course = this.#courses.get(phase.name) ?? new Course()
      this.#courses.set(phase.name, course)
      course.add({ to: phase.to - phase.from, users: now.users, state: phase.state })
    }
    this.#state = now
  }

  /** The run so far; `undefined` before the first line. */
  run(): JournalRun | undefined {
    if (this.#state === undefined) return undefined
    return { head: this.head, run: toRunRecord(runOf(this.head.load, this.#state, this.#courses)) }
  }

  /** Since the load began. */
  get elapsed(): Ms {
    return this.#state?.elapsed ?? 0
  }

  /** Whether it has come to its end, and nothing follows. */
  get ended(): boolean {
    return this.#state?.end !== undefined
  }

  /** What the operations of the phase that is under way did in its last so many milliseconds. */
  recent(last: Ms): { readonly within: Ms; readonly cells: readonly RecentCell[] } {
    const phase = this.#state?.phases.at(-1)
    const course = phase && this.#courses.get(phase.name)
    if (phase === undefined || course === undefined) return { within: 0, cells: [] }
    const length = phase.to - phase.from
    const within = Math.min(last, length)
    return { within, cells: course.operationsSince(length - within) }
  }

  /** How many windows of all series it holds. */
  get windows(): number {
    return [...this.#courses.values()].reduce((sum, { size }) => sum + size, 0)
  }

  /** Keeps the older part of its course coarser, so that a load of hours takes no more room than one of minutes. */
  coarsen(): void {
    for (const course of this.#courses.values()) course.coarsen()
  }
}

/** The first line of a journal, of this version. */
export const isHead = (line: unknown): line is JournalHead =>
  typeof line === 'object' &&
  line !== null &&
  'format' in line &&
  line.format === JOURNAL &&
  'version' in line &&
  line.version === VERSION

function runOf(
  { limits, ...load }: JournalHead['load'],
  state: LoadState,
  courses: ReadonlyMap<string, Course>,
): RunData {
  const { end, elapsed, service, marks } = state
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
    ...(marks && { marks }),
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
