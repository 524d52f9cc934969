import type { TestArtifact } from 'vitest'
import { describe, expect, test } from 'vitest'
import type { PerfArtifact } from '../../src/vitest/artifact.ts'
import { toTestEntry } from '../../src/vitest/test-entry.ts'
import { toTestRecord } from '../../src/run-file/test-record.ts'
import { recordedRun } from '../support/recorded.ts'
import { verdict } from '../support/run-file-samples.ts'

type Reported = Parameters<typeof toTestEntry>[0]

const entryOf = (given: Partial<Reported>): ReturnType<typeof toTestEntry> =>
  toTestEntry(
    {
      fullName: 'chat > 100 users',
      project: { name: 'perf' },
      result: () => ({ state: 'passed', errors: undefined }),
      diagnostic: () => undefined,
      artifacts: () => [],
      ...given,
    },
    { relativeModuleId: 'tests/chat.perf.ts' },
  )

const failed = (...messages: string[]): Partial<Reported> => ({
  result: () => ({ state: 'failed', errors: messages.map((message) => ({ message })) }),
})

describe('a test as the run file keeps it', () => {
  test('without anything measured', () => {
    expect(entryOf({})).toEqual({
      file: 'tests/chat.perf.ts',
      name: 'chat > 100 users',
      project: 'perf',
      state: 'passed',
      seconds: 0,
      errors: [],
      record: { version: 1, runs: [], verdicts: [] },
    })
  })

  test.each([
    ['its turn did not come, or its process died', 'pending', 'running'],
    ['skipped', 'skipped', 'skipped'],
  ] as const)('%s', (_, state, kept) => {
    const result = (): ReturnType<Reported['result']> =>
      state === 'pending'
        ? { state, errors: undefined }
        : { state, errors: undefined, note: undefined }
    expect(entryOf({ result }).state).toBe(kept)
  })

  test.each([
    ['the first line of each error', ['one\ntwo', 'three'], ['one', 'three']],
    ['without colours', ['\u001B[31mred\u001B[39m'], ['red']],
    ['the first line that says something', ['\n\n  late'], ['late']],
    ['cut when it is long', ['x'.repeat(400)], [`${'x'.repeat(299)}…`]],
  ])('%s', (_, messages, errors) => {
    expect(entryOf(failed(...messages))).toMatchObject({ state: 'failed', errors })
  })

  test('with what every attempt sent, and nothing of what others attached', () => {
    const [first, second] = [recordedRun([{ times: 3 }]), recordedRun([{ times: 5 }])]
    const sent = (run: typeof first): PerfArtifact => ({
      type: 'vitest-perf:record',
      record: toTestRecord([run], [verdict({})]),
    })
    const other: TestArtifact = {
      type: 'internal:annotation',
      annotation: { message: 'x', type: 'notice' },
    }
    const { record } = entryOf({ artifacts: () => [sent(first), other, sent(second)] })
    expect(record.runs.map(({ whole }) => whole)).toHaveLength(2)
    expect(record.verdicts).toEqual([verdict({}), verdict({})])
  })
})
