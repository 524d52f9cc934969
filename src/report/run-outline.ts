import type { Revision, RunFile } from '../run-file/run-file.ts'
import type { Ms } from '../units/units.ts'
import { hasFigures } from './test-entries.ts'

/** A run in a line. */
export interface RunOutline {
  readonly id: string
  readonly startedAt: string
  readonly ending: RunFile['ending']
  /** From its start to its end; missing when it has none. */
  readonly took?: Ms | undefined
  /** Tests that ended, and those of them that failed. */
  readonly tests: number
  readonly failed: number
  readonly limits: number
  readonly missed: number
  readonly loads: number
  readonly requests: number
  /** `main@4f7e11b`; missing outside of a repository. */
  readonly revision?: string | undefined
}

export function outlineOf(file: RunFile): RunOutline {
  const { id, startedAt, ending, finishedAt, git } = file
  const tests = file.tests.filter(({ state }) => state === 'passed' || state === 'failed')
  const records = file.tests.filter(hasFigures).map(({ record }) => record)
  const verdicts = records.flatMap((record) => record.verdicts)
  const runs = records.flatMap((record) => record.runs)
  return {
    id,
    startedAt,
    ending,
    ...(finishedAt !== undefined && { took: Date.parse(finishedAt) - Date.parse(startedAt) }),
    tests: tests.length,
    failed: tests.filter(({ state }) => state === 'failed').length,
    limits: verdicts.length,
    missed: verdicts.filter(({ status }) => status === 'fail').length,
    loads: runs.length,
    requests: runs.reduce((sum, { whole, ownFailures = 0 }) => sum + whole.count - ownFailures, 0),
    ...(git !== undefined && { revision: revisionText(git) }),
  }
}

/** `main@4f7e11b`, with a mark when files had changed. */
export const revisionText = ({ branch = 'detached', commit, dirty }: Revision): string =>
  `${branch}@${commit.slice(0, 7)}${dirty ? '+' : ''}`
