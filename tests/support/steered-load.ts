import { setTimeout as sleep } from 'node:timers/promises'
import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadEnvironment } from '../../src/load/environment.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Steerer } from '../../src/load/steering.ts'
import type { Tick } from '../../src/load/tick.ts'
import { loadEnvironment } from './load-environment.ts'

/** A load under way, in the hands of a test. */
export interface SteeredLoad extends Steerer {
  readonly run: Promise<LoadRun>
  /** What it told so far. */
  readonly ticks: readonly Tick[]
  /** Users at work at this moment. */
  readonly users: () => number
}

/** Starts a load whose iterations take 10 ms, or do something of their own. */
export async function steeredLoad(
  options: LoadOptions,
  workload?: Workload,
  environment: Partial<LoadEnvironment> = {},
): Promise<SteeredLoad> {
  const offered = Promise.withResolvers<Steerer>()
  const ticks: Tick[] = []
  const state = { users: 0 }
  const work = async (): Promise<void> => {
    state.users++
    await sleep(10)
    state.users--
  }
  const run = runLoad(
    options,
    workload ?? work,
    loadEnvironment({
      offer: (load) => (offered.resolve(load), () => {}),
      tell: (tick) => void ticks.push(tick),
      ...environment,
    }),
  )
  run.catch(offered.reject)
  const steerer = await offered.promise
  return {
    run,
    ticks,
    users: () => state.users,
    describe: () => steerer.describe(),
    steer: (command) => steerer.steer(command),
  }
}
