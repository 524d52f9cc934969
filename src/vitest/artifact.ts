import type { TestArtifactBase } from 'vitest'
import type { TestCase } from 'vitest/node'
import type { TestRecord } from '../run-file/test-record.ts'

/** One type for all that a test sends to the main process, as JSON. The registry is Vitest's. */
export interface PerfArtifact extends TestArtifactBase {
  type: 'vitest-perf:record'
  record: TestRecord
}

declare module 'vitest' {
  interface TestArtifactRegistry {
    'vitest-perf:record': PerfArtifact
  }
}

/** What a test has sent, in the main process; after a merge of reports too. */
export function recordsOf(testCase: Pick<TestCase, 'artifacts'>): readonly TestRecord[] {
  return testCase
    .artifacts()
    .flatMap((artifact) => (artifact.type === 'vitest-perf:record' ? [artifact.record] : []))
}
