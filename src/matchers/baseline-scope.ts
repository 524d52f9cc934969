import type { BaselineStore } from '../baseline/baseline-store.ts'

/** What a comparison with a baseline has to know of its test. */
export interface BaselineScope {
  readonly store: () => BaselineStore
  /** The name of the test with those of its groups. */
  readonly test: string
  /** The fingerprint of the machine. */
  readonly machine: () => string
  /** Versions of this package and of Node. */
  readonly by: () => string
}

const byTask = new WeakMap<object, BaselineScope>()
const counts = new WeakMap<BaselineScope, Map<string, number>>()

/** Says where the baselines of a test are; anew for each attempt, whose comparisons are counted from 1. */
export function setBaselineScope(task: object, scope: BaselineScope): void {
  byTask.set(task, scope)
}

export const baselineScopeOf = (task: object | undefined): BaselineScope | undefined =>
  task === undefined ? undefined : byTask.get(task)

/** The key of the next comparison of this name: `chat > 100 users > at noon 1`, as of snapshots. */
export function nextKey(scope: BaselineScope, name: string | undefined): string {
  const counted = counts.get(scope) ?? new Map<string, number>()
  counts.set(scope, counted)
  const title = name === undefined ? scope.test : `${scope.test} > ${name}`
  const count = (counted.get(title) ?? 0) + 1
  counted.set(title, count)
  return `${title} ${count}`
}
