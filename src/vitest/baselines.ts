import { availableParallelism, cpus } from 'node:os'
import { expect, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite } from 'vitest'
import { BaselineStore, type StoreResult, type UpdateMode } from '../baseline/baseline-store.ts'
import { elsewhere, fingerprintOf } from '../baseline/machine.ts'
import { setBaselineScope } from '../matchers/baseline-scope.ts'
import type { PerfConfig } from './perf-config.ts'
import { titleOf } from './task-title.ts'
import { versions } from './versions.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Of a test file: what became of its baselines. */
    'vitest-perf:baselines'?: StoreResult
  }
}

const stores = new Map<string, BaselineStore>()

/** An attempt of a test begins; what an earlier one made of them is forgotten. */
export function beginBaselines(
  task: RunnerTestCase,
  config: Pick<PerfConfig, 'baseUrl' | 'machine'>,
): void {
  const { filepath } = task.file
  stores.get(filepath)?.begin(task.id)
  setBaselineScope(task, {
    store: () => storeOf(filepath),
    id: task.id,
    test: titleOf(task),
    machine: () => fingerprintOf({ ...machineFacts(), ...placeOf(config) }),
    by: versions,
  })
}

/**
 * A test file has come to its end: what is new is written, and what no test asked for is reported, as
 * Vitest does with snapshots.
 * @throws Error for obsolete baselines where nothing may be written
 */
export function finishBaselines(file: RunnerTestFile): void {
  const store = storeOf(file.filepath)
  for (const test of testsOf(file)) if (test.result?.state !== 'pass') store.spare(titleOf(test))
  const result = store.finish()
  stores.delete(file.filepath)
  if (result === undefined) return
  file.meta['vitest-perf:baselines'] = result
  if (store.mode !== 'none' || result.unchecked.length === 0) return
  const keys = result.unchecked.map((key) => `· ${key}`)
  throw new Error(
    [
      'Obsolete baselines found when no update is expected.',
      ...keys,
      'Remove them with vitest -u.',
    ].join('\n'),
  )
}

/**
 * What may be written is Vitest's to say: by `-u`, by a CI, by a key that is pressed. It is known from the
 * first test that runs.
 */
function storeOf(path: string): BaselineStore {
  const known = stores.get(path)
  if (known !== undefined) return known
  const store = new BaselineStore(path, updateMode())
  stores.set(path, store)
  return store
}

function updateMode(): UpdateMode {
  const { snapshotState }: Partial<ReturnType<typeof expect.getState>> = expect.getState()
  return snapshotState?.snapshotUpdateState ?? 'new'
}

const machineFacts = () => ({
  platform: process.platform,
  arch: process.arch,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  node: process.versions.node,
})

const placeOf = ({ baseUrl, machine }: Pick<PerfConfig, 'baseUrl' | 'machine'>) => ({
  service: elsewhere(baseUrl),
  named: machine,
})

const testsOf = ({ tasks }: RunnerTestSuite): RunnerTestCase[] =>
  tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]))
