import type { Verdict } from '../limits/verdict.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import type { RunRecord } from '../run-file/run-record.ts'

/** One load of an invocation, with the limits that judged it: what exports and comparisons are made of. */
export interface Load {
  readonly test: TestEntry
  /** Of the loads of its test, from 0. */
  readonly index: number
  /** `chat.perf.ts > 100 users chat`; a second load of a test has `#2` behind. */
  readonly title: string
  readonly record: RunRecord
  /** The limits on it. Those that name no load belong to the first one of their test. */
  readonly verdicts: readonly Verdict[]
}

/** All loads of an invocation, in the order in which they ran. */
export const loadsOf = ({ tests }: RunFile): readonly Load[] =>
  tests.flatMap((test) =>
    test.record.runs.map((record, index) => ({
      test,
      index,
      title: record.title,
      record,
      verdicts: test.record.verdicts.filter(({ run }) =>
        run === undefined ? index === 0 : run === record.title,
      ),
    })),
  )
