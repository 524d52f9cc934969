import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { realClock } from '../../src/clock/clock.ts'
import type { LoadEnvironment } from '../../src/load/environment.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { rateWindow, type Rate, type WindowOptions } from './rate-window.ts'

/** A load's world without Vitest around it. */
export function environment(
  baseUrl: string,
  signal: AbortSignal = new AbortController().signal,
): LoadEnvironment {
  return {
    clock: realClock,
    baseUrl,
    wsUrl: baseUrl,
    session: undefined,
    timeouts: DEFAULT_TIMEOUTS,
    signal,
    service: undefined,
    title: 'bench',
    seed: 1,
  }
}

/** The rate at which virtual users run a scenario; `done` says how much they have got done. */
export async function scriptedRate(
  baseUrl: string,
  users: number,
  window: WindowOptions,
  scenario: Scenario,
  done: () => number,
): Promise<Rate> {
  const duration = window.settle + window.length + 100
  const load = runLoad({ users, duration }, scenario, environment(baseUrl))
  const rate = await rateWindow(done, window)
  const { errors } = await load
  if (errors.length > 0) throw new Error(`the load had errors: ${errors[0]?.message}`)
  return rate
}
