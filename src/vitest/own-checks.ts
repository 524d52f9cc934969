import { realClock } from '../clock/clock.ts'
import { createCheck, type Check } from '../load/check.ts'
import { createGroup, type Group } from '../load/group.ts'
import { refuseInScenario } from '../load/scenario-scope.ts'
import type { Recorder } from '../metrics/recorder.ts'

const NEVER = new AbortController().signal

/** `check` and `group` of a test itself; those of a load are the scenario's. */
export function ownChecks(
  recorder: Recorder,
  failures: () => number,
): { readonly check: Check; readonly group: Group } {
  const of = (name: string): Recorder => {
    refuseInScenario(name)
    return recorder
  }
  return {
    check: createCheck(() => of('check').checks),
    group: createGroup({
      clock: realClock,
      recorder: () => of('group'),
      failures,
      lateness: { lag: 0 },
      signal: NEVER,
    }),
  }
}
