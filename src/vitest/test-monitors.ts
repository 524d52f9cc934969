import { realClock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import {
  startMonitor,
  type Monitor,
  type MonitorOptions,
  type WatchedService,
} from '../monitors/monitor.ts'
import { sourceOf, type MonitorTarget } from '../monitors/target.ts'
import { toMonitorRecord, type TestMonitorRecord } from '../run-file/monitor-record.ts'

/** The monitors that a test has started; they end with it. */
export class TestMonitors {
  readonly #service: () => WatchedService | undefined
  readonly #monitors: Monitor[] = []

  /** `service` gives the service under test, whose pid changes when it is restarted. */
  constructor(service: () => WatchedService | undefined) {
    this.#service = service
  }

  async start(target?: MonitorTarget, options?: MonitorOptions): Promise<Monitor> {
    const monitor =
      target === undefined
        ? startMonitor(this.#needService(), { label: 'the service', ...options })
        : startMonitor(await sourceOf(target, realClock), options)
    this.#monitors.push(monitor)
    return monitor
  }

  /** What they saw. */
  records(): readonly TestMonitorRecord[] {
    return this.#monitors.map((monitor) => ({
      startedAt: new Date(Date.now() - (realClock.now() - monitor.startedAt)).toISOString(),
      ...toMonitorRecord(monitor.summary()),
    }))
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#monitors.map((monitor) => monitor.stop()))
  }

  #needService(): WatchedService {
    const service = this.#service()
    if (service !== undefined) return service
    throw UsageError.saying(
      'monitor',
      'monitor() watches the service that perf({ server }) starts, and there is none here: name a target, monitor({ port: 8080 }) or monitor({ pid })',
    )
  }
}
