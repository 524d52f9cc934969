import { readdir } from 'node:fs/promises'
import { partsOf } from './journal-lines.ts'
import { readJournal } from './read-journal.ts'
import type { JournalRun } from './replay.ts'
import type { TestEntry } from './run-file.ts'

/** The tests, with the loads in a folder of journals that they have not sent. */
export async function withJournals(
  tests: readonly TestEntry[],
  folder: string,
): Promise<readonly TestEntry[]> {
  const files = await readdir(folder).catch(() => [])
  const all = await Promise.all(
    [...partsOf(files).values()].map((parts) => readJournal(folder, parts).catch(() => undefined)),
  )
  return withRuns(
    tests,
    all.filter((each) => each !== undefined),
  )
}

/** The tests, with those loads that they have not sent. */
export const withRuns = (
  tests: readonly TestEntry[],
  runs: readonly JournalRun[],
): readonly TestEntry[] => runs.toSorted(byTime).reduce(withRun, tests)

const byTime = (left: JournalRun, right: JournalRun): number =>
  left.run.startedAt < right.run.startedAt ? -1 : 1

function withRun(tests: readonly TestEntry[], { head, run }: JournalRun): readonly TestEntry[] {
  const { file, name, project } = head.test
  const at = tests.findIndex((test) => test.file === file && test.name === name)
  const test = tests[at]
  if (test === undefined) {
    const record = { version: 1, runs: [run], verdicts: [] } as const
    const seconds = run.elapsed / 1_000
    return [...tests, { file, name, project, state: 'running', seconds, errors: [], record }]
  }
  const { record } = test
  if (
    record.runs.some(({ startedAt, title }) => startedAt === run.startedAt && title === run.title)
  ) {
    return tests
  }
  return tests.with(at, { ...test, record: { ...record, runs: [...record.runs, run] } })
}
