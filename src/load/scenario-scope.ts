import { AsyncLocalStorage } from 'node:async_hooks'
import { UsageError } from '../errors/usage-error.ts'

/** Says, across awaits, whether code runs inside a load's scenario; the value is the load's name. */
const scope = new AsyncLocalStorage<'load' | 'concurrently'>()

/** Runs a virtual user inside the scope. */
export const inScenario = <T>(name: 'load' | 'concurrently', run: () => T): T =>
  scope.run(name, run)

/** Whether a virtual user asks. */
export const isInScenario = (): boolean => scope.getStore() !== undefined

/** @throws UsageError inside a scenario: a test's own client there would share one user's connections. */
export function refuseInScenario(client: string): void {
  const load = scope.getStore()
  if (load === undefined) return
  throw UsageError.saying(
    client,
    `the test's own ${client} was used inside a ${load} scenario, where every user has its own: take it from the scenario's argument, ${load}(…, async ({ ${client} }) => …)`,
  )
}

/** @throws UsageError for a load inside a load's scenario */
export function refuseNested(name: string): void {
  const outer = scope.getStore()
  if (outer === undefined) return
  throw UsageError.saying(
    name,
    `${name}() was called inside a ${outer} scenario: a load cannot run under a load; call it beside, in the test itself`,
  )
}
