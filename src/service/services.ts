import type { ServiceSpec } from './options.ts'
import { startService } from './start-service.ts'
import type { Service } from './start-service.ts'

/** Services that run together, in the order of their start. */
export interface Services {
  readonly all: readonly Service[]
  /** Stops them, the last one first; the others too when one cannot be stopped. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts one after the other, each when the one before it is ready.
 * @throws ServiceError of the first that fails; those before it are stopped by then.
 */
export async function startServices(
  specs: readonly ServiceSpec[],
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Services> {
  const all: Service[] = []
  const stop = (): Promise<void> => stopAll(all)
  try {
    for (const spec of specs) all.push(await startService(spec, options))
  } catch (error) {
    // What could not be stopped as well matters less than why the start failed.
    await stop().catch(() => {})
    throw error
  }
  return { all, stop, [Symbol.asyncDispose]: stop }
}

async function stopAll(services: readonly Service[]): Promise<void> {
  const failures: unknown[] = []
  for (const service of services.toReversed()) {
    await service.stop().catch((error: unknown) => failures.push(error))
  }
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, 'services could not be stopped')
}
