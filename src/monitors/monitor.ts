import { realClock } from '../clock/clock.ts'
import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput } from '../units/units.ts'
import type { CpuSummary } from './cpu-track.ts'
import type { LevelSummary } from './level-track.ts'
import type { MemorySummary } from './memory-track.ts'
import { NodeWatch } from './node-watch.ts'
import type { InspectorUrls } from './node-watch.ts'
import type { Source } from './sample.ts'
import { SourceMonitor } from './source-monitor.ts'
import type { Monitor } from './source-monitor.ts'
import { following } from './target.ts'
import type { LoopSummary, MonitorSummary } from './watched-figures.ts'

export type { CpuSummary, LevelSummary, LoopSummary, MemorySummary, Monitor, MonitorSummary }

export interface MonitorOptions {
  /** Time between samples, at least 10 ms; default `'500ms'`. A sample costs about 0.2 ms of CPU. */
  interval?: DurationInput
  /** What reports call it. Default: `process <pid>`. */
  label?: string
  clock?: Clock
}

/** A process, and where it and its descendants can be inspected if they are of Node. */
export interface WatchedService {
  /** That of another process when it has been restarted. */
  readonly pid: number
  readonly inspectors?: InspectorUrls | undefined
}

/**
 * Starts to watch: `await using monitor = startMonitor(service)`. The first sample is taken at once. When
 * the process has ended, whoever is then in `pid` is watched instead.
 * @throws UsageError for an interval that is none
 */
export function startMonitor(
  target: Source | WatchedService,
  { interval = '500ms', label, clock = realClock }: MonitorOptions = {},
): Monitor {
  const every = toMs(interval, 'monitor.interval')
  if (every < 10) throw new UsageError('monitor.interval', "at least '10ms'", interval)
  const source = 'look' in target ? target : following(target, clock)
  const node = 'look' in target ? undefined : nodeWatch(target, clock)
  return new SourceMonitor({ source, node, every, label: label ?? source.label, clock })
}

function nodeWatch(service: WatchedService, clock: Clock): NodeWatch | undefined {
  if (service.inspectors === undefined) return undefined
  return new NodeWatch(async () => (await service.inspectors?.()) ?? [], clock)
}
