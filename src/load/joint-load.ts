import { UsageError } from '../errors/usage-error.ts'
import type { Collective, CollectiveLoad } from './collective.ts'
import type { LoadEnvironment } from './environment.ts'
import { JointRun } from './joint-run.ts'
import { shapeOf } from './load-shape.ts'
import type { LoadPlan } from './options.ts'
import { unsharedOf, usersOf } from './shared-out.ts'

/**
 * Runs a load with all generators, or alone where there are no others. Whatever keeps it from its end
 * here is told to the others, who would wait for it.
 *
 * @param run in the environment of this load
 * @throws UsageError before any traffic, for what cannot be shared out
 */
export async function withAll<T>(
  plan: LoadPlan,
  { workload, name }: { readonly workload: unknown; readonly name: string },
  environment: LoadEnvironment,
  run: (environment: LoadEnvironment) => Promise<T>,
): Promise<T> {
  const { collective, clock, title, signal } = environment
  if (collective === undefined) return run(environment)
  refuseUnshared(plan, collective, name)
  const seed = plan.seed ?? environment.seed
  const joined = await collective.join({ title, seed, facts: factsOf(plan, workload), signal })
  const joint = new JointRun(joined, clock)
  try {
    return await run({ ...environment, joint, seed: joined.seed })
  } catch (error) {
    await joined.fail(error)
    throw error
  } finally {
    await joint.stop()
  }
}

/** @throws UsageError for a kind of load that generators do not make together yet */
export function refuseCollective(
  collective: Collective | undefined,
  name: string,
  why: string,
): void {
  if (collective === undefined) return
  const { of } = collective.share
  const message = `${name} ${why}, and this run has ${of} generators: run it with one`
  throw UsageError.saying(name, message)
}

function refuseUnshared(plan: LoadPlan, collective: Collective, name: string): void {
  const unshared = unsharedOf(plan)
  if (unshared !== undefined)
    refuseCollective(collective, `${name}.${unshared.option}`, unshared.why)
  const { option, users } = usersOf(plan)
  const { of } = collective.share
  if (users >= of) return
  const message = `${name}.${option} is ${users}, and each of ${of} generators needs one user at least: set ${option}: ${of} or more, or use fewer generators`
  throw UsageError.saying(`${name}.${option}`, message, users)
}

/** What generators of one load have to agree on before any traffic. */
function factsOf(plan: LoadPlan, workload: unknown): CollectiveLoad['facts'] {
  const { gracefulStop, connection, timeouts, abort, limits, verdict, seed } = plan
  const all = { ...shapeOf(plan), gracefulStop, connection, timeouts, abort, limits, verdict, seed }
  const options = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)] as const],
  )
  return { ...Object.fromEntries(options), scenario: textOf(workload) }
}

/** A scenario as it is written. Rows that a suite makes up itself may differ, as long as they are as many. */
function textOf(workload: unknown): string {
  const seen = new WeakSet<object>()
  const text = JSON.stringify(workload, (key, value: unknown) => {
    if (typeof value === 'function') return String(value)
    if (key === 'rows' && Array.isArray(value)) return value.length
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return '(again)'
    seen.add(value)
    return value
  })
  return text ?? ''
}
