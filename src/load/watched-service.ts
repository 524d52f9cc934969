import type { Monitor, MonitorSummary, ServerSummary } from '../monitors/monitor.ts'
import { byClockThatBegan } from '../monitors/run-clock.ts'
import { WatchedFigures } from '../monitors/watched-figures.ts'
import type { Ms } from '../units/units.ts'

/** The service while a load ran, on the clock of the run; without one to watch, without samples. */
export function watchedService(
  monitor: Monitor | undefined,
  startedAt: Ms,
): Pick<MonitorSummary, 'memory' | 'cpu'> & { readonly server: ServerSummary } {
  const seen =
    monitor === undefined
      ? unwatched('the service')
      : byClockThatBegan(startedAt - monitor.startedAt, monitor.summary())
  return { memory: seen.memory, cpu: seen.cpu, server: serverOf(seen) }
}

/** Of a service that nothing is known of. */
export const unwatchedServer = (label: string): ServerSummary => serverOf(unwatched(label))

const unwatched = (label: string): MonitorSummary => new WatchedFigures(0).summary({ label })

const serverOf = ({ pss, heap, descriptors, threads, loop }: MonitorSummary): ServerSummary => ({
  pss,
  heap,
  descriptors,
  threads,
  loop,
})
