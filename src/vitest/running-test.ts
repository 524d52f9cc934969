import type { Vitest } from 'vitest/node'
import type { RunningTest } from './running-loads.ts'

/** The test of a task that runs. @param run the id of the run */
export function runningTest(
  vitest: Vitest | undefined,
  task: string,
  run: string | undefined,
): RunningTest | undefined {
  const found = vitest?.state.idMap.get(task)
  const test = found && vitest?.state.getReportedEntity(found)
  if (test?.type !== 'test') return undefined
  return {
    id: task,
    file: test.module.relativeModuleId,
    name: test.fullName,
    line: test.location?.line,
    run,
  }
}
