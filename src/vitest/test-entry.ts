import type { TestCase, TestModule, TestProject } from 'vitest/node'
import { joinRecords } from '../run-file/join-records.ts'
import { firstLine, type TestEntry } from '../run-file/run-file.ts'
import { fileText } from '../run-file/file-text.ts'
import { recordsOf } from './artifact.ts'

/** What there is to know of a test, whether it has ended or not. */
interface Reported extends Pick<TestCase, 'fullName' | 'result' | 'diagnostic' | 'artifacts'> {
  readonly project: Pick<TestProject, 'name'>
}

/** A test with all that its attempts sent, as the run file keeps it. */
export function toTestEntry(
  testCase: Reported,
  module: Pick<TestModule, 'relativeModuleId'>,
): TestEntry {
  const { state, errors } = testCase.result()
  return {
    file: module.relativeModuleId,
    name: fileText(testCase.fullName),
    project: testCase.project.name,
    state: state === 'pending' ? 'running' : state,
    seconds: (testCase.diagnostic()?.duration ?? 0) / 1_000,
    errors: (errors ?? []).map(({ message }) => fileText(firstLine(message))),
    record: joinRecords(recordsOf(testCase)),
  }
}
