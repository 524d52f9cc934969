import { asStarted } from '../load/as-started.ts'
import type { AbRun } from '../load/ab-run.ts'
import type { Capacity } from '../load/capacity.ts'
import type { NamedServers } from '../load/ab-targets.ts'
import type { Workload } from '../load/behaviours.ts'
import type { LoadEnvironment } from '../load/environment.ts'
import type { Load } from '../load/load-function.ts'
import type { LoadRun } from '../load/load-run.ts'
import type { LoadOptions } from '../load/options.ts'
import type { ProfileReference } from '../load/profile-reference.ts'
import { resolveProfile } from '../load/profiles.ts'
import { runCapacity } from '../load/run-capacity.ts'
import { runCompare } from '../load/run-compare.ts'
import { runLoad } from '../load/run-load.ts'
import type { TestPlace, Written } from './load-environment.ts'
import type { ServerHandle } from './server-handle.ts'
import type { TestLoads } from './test-loads.ts'

/** What the loads of one attempt of a test are started with. */
interface LoadsOfTest {
  readonly place: TestPlace
  readonly loads: TestLoads
  /** The world of the next load. */
  environment(written: Written, profile?: string): LoadEnvironment
}

/** The fixture `load` of one attempt of a test. */
export function loadFixture(of: LoadsOfTest): Load {
  const { generators } = of.place
  const load = async (
    options: LoadOptions | ProfileReference,
    workload: Workload,
  ): Promise<LoadRun> => {
    const { profiles, overrides, started } = of.place.config
    const { options: written, weights, source } = resolveProfile(options, profiles, overrides)
    const { options: shape, steered } = asStarted(written, started)
    const environment = { ...of.environment(shape, source), weights, steered }
    const count = generators.count(shape, environment.timeouts, (text) => environment.note?.(text))
    const run = await of.loads.keep(
      generators.run(count, (collective) =>
        runLoad(shape, workload, { ...environment, ...(collective && { collective }) }),
      ),
    )
    await of.place.annotator?.load(run)
    return run
  }
  const compare = (targets: unknown, options: Written, workload?: Workload) => {
    const environment = {
      ...of.environment(options ?? {}),
      servers: namedServers(of.place.servers ?? []),
      keepAb: of.loads.comparisons.add,
    }
    const run = async (): Promise<AbRun> => {
      const collective = await generators.others()
      return runCompare({ targets, options, workload }, { ...environment, collective })
    }
    return of.loads.comparisons.keep(run())
  }
  const findCapacity = (options: Written, workload: Workload) => {
    const environment = {
      ...of.environment(options ?? {}),
      keepCapacity: of.loads.capacities.add,
    }
    const search = async (): Promise<Capacity> => {
      const collective = await generators.others()
      return runCapacity(options, workload, { ...environment, collective })
    }
    return of.loads.capacities.keep(search())
  }
  // The run of an open load has arrivals, a capacity is of what was searched: the options alone say it.
  return Object.assign(load, { compare, findCapacity }) as Load
}

const namedServers = (servers: readonly ServerHandle[]): NamedServers => ({
  names: servers.map(({ name }) => name),
  urlOf: (name) => servers.find((server) => server.name === name)?.url,
})
