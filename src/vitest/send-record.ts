import { recordArtifact, type TestContext } from 'vitest'
import type { PerfArtifact } from './artifact.ts'
import type { TestRecord } from '../run-file/test-record.ts'

/**
 * Sends what a test measured to the main process. Apart from the reading of it, since the main process
 * must not load what runs tests. Vitest calls this API experimental, so it is called here only.
 */
export async function sendRecord(task: TestContext['task'], record: TestRecord): Promise<void> {
  const artifact: PerfArtifact = { type: 'vitest-perf:record', record }
  await recordArtifact(task, artifact)
}
