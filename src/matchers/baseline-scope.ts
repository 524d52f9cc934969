import type { BaselineStore } from '../baseline/baseline-store.ts'

/** What a comparison with a baseline has to know of its test. */
export interface BaselineScope {
  readonly store: () => BaselineStore
  readonly id: string
  /** The name of the test with those of its groups. */
  readonly test: string
  /** The fingerprint of the machine. */
  readonly machine: () => string
  /** Versions of this package and of Node. */
  readonly by: () => string
}

const byTask = new WeakMap<object, BaselineScope>()

/** Says where the baselines of a test are. */
export function setBaselineScope(task: object, scope: BaselineScope): void {
  byTask.set(task, scope)
}

export const baselineScopeOf = (task: object | undefined): BaselineScope | undefined =>
  task === undefined ? undefined : byTask.get(task)
