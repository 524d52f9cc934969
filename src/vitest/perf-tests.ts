import type { TestModule } from 'vitest/node'
import { isEmpty } from '../run-file/join-records.ts'
import type { TestEntry } from '../run-file/run-file.ts'
import { PROJECT } from './projects.ts'
import { toTestEntry } from './test-entry.ts'

/** Those of a file, when it is one of perf tests. */
export const perfTests = (module: TestModule): TestEntry[] =>
  module.project.name === PROJECT
    ? [...module.children.allTests()].map((test) => toTestEntry(test, module))
    : []

/** A test that was given up counts as skipped, and may have results all the same. */
export const hasRun = ({ state, record }: TestEntry): boolean =>
  state !== 'skipped' || !isEmpty(record)
