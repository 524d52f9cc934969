import type { Monitor, MonitorSummary } from '../monitors/monitor.ts'
import { WatchedFigures } from '../monitors/watched-figures.ts'
import type { Ms } from '../units/units.ts'
import type { LoadRun } from './load-run.ts'
import type { WatchedMore } from './run-parts.ts'

/** What was seen of the service; without one to watch, summaries without samples. */
export function watchedService(
  monitor: Monitor | undefined,
  judgedFrom: Ms,
): Pick<LoadRun, 'memory' | 'cpu' | 'watched' | 'watchedFrom'> {
  const { memory, cpu, ...rest } = monitor?.summary() ?? unwatched('the service')
  const watched = moreOf(rest)
  if (monitor === undefined) return { memory, cpu, watched }
  return { memory, cpu, watched, watchedFrom: monitor.startedAt - judgedFrom }
}

/** Of a service that nothing is known of. */
export const unwatched = (label: string): MonitorSummary => new WatchedFigures(0).summary({ label })

export const moreOf = ({
  pss,
  heap,
  descriptors,
  threads,
  loop,
}: Omit<MonitorSummary, 'memory' | 'cpu'>): WatchedMore => ({
  pss,
  heap,
  descriptors,
  threads,
  loop,
})
