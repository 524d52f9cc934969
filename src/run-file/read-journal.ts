import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LoadState } from '../load/journal.ts'
import type { RunData } from '../load/load-run.ts'
import type { PhaseSummary } from '../load/run-parts.ts'
import { assemble } from '../metrics/assemble.ts'
import { Recorder } from '../metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../metrics/summary.ts'
import { Course } from './course.ts'
import { JOURNAL, linesOf, partFile, type JournalHead, type Part } from './journal-lines.ts'
import { NOTHING } from './monitor-record.ts'
import { patched, type Patch } from './patch.ts'
import { toRunRecord, type RunRecord } from './run-record.ts'
import { VERSION } from './run-file.ts'

/** A load as its journal has it. */
export interface JournalRun {
  readonly head: JournalHead
  readonly run: RunRecord
}

/** The load of these parts; `undefined` when they hold none that can be read. */
export async function readJournal(
  folder: string,
  parts: readonly Part[],
): Promise<JournalRun | undefined> {
  const texts = await Promise.all(
    parts.map((part) => readFile(join(folder, partFile(part)), 'utf8')),
  )
  const [head, ...patches] = texts.flatMap(linesOf)
  if (!isHead(head) || head.version !== VERSION) return undefined
  const run = replay(head, patches as Patch[])
  return run && { head, run: toRunRecord(run) }
}

const isHead = (line: unknown): line is JournalHead =>
  typeof line === 'object' && line !== null && 'format' in line && line.format === JOURNAL

/** The run that the lines of a journal amount to. */
function replay({ load }: JournalHead, patches: readonly Patch[]): RunData | undefined {
  const courses = new Map<string, Course>()
  let state: LoadState | undefined
  for (const patch of patches) {
    const now = patched(state, patch) as LoadState
    for (const [at, phase] of now.phases.entries()) {
      if (phase === state?.phases[at]) continue
      const course = courses.get(phase.name) ?? new Course()
      courses.set(phase.name, course)
      course.add({ to: phase.to - phase.from, users: now.users, state: phase.state })
    }
    state = now
  }
  return state && runOf(load, state, courses)
}

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
