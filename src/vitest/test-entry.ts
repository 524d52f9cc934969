import type { TestCase, TestModule } from 'vitest/node'
import { firstLine, type TestEntry } from '../run-file/run-file.ts'
import { recordsOf } from './artifact.ts'

/** A test with all that its attempts sent, as the run file keeps it. */
export function toTestEntry(testCase: TestCase, module: TestModule): TestEntry {
  const { state, errors } = testCase.result()
  const records = recordsOf(testCase)
  return {
    file: module.relativeModuleId,
    name: testCase.fullName,
    project: testCase.project.name,
    state: state === 'pending' ? 'running' : state,
    seconds: (testCase.diagnostic()?.duration ?? 0) / 1_000,
    errors: (errors ?? []).map(({ message }) => firstLine(message)),
    record: {
      version: 1,
      runs: records.flatMap((record) => record.runs),
      verdicts: records.flatMap((record) => record.verdicts),
    },
  }
}
