import type { RunnerTestSuite } from 'vitest'

/**
 * Takes retries and repeats away from all tests. A generator that follows another one is started anew for
 * each attempt of that.
 */
export function attemptOnce({ tasks }: Pick<RunnerTestSuite, 'tasks'>): void {
  for (const task of tasks) {
    task.retry = 0
    task.repeats = 0
    if (task.type === 'suite') attemptOnce(task)
  }
}
