import { realClock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import { startMonitor, type Monitor, type MonitorOptions } from '../monitors/monitor.ts'
import { toMonitorRecord, type TestMonitorRecord } from '../run-file/monitor-record.ts'
import { following, sourceOf, type MonitorTarget } from '../monitors/target.ts'

/** The monitors that a test has started; they end with it. */
export class TestMonitors {
  readonly #service: () => { readonly pid: number } | undefined
  readonly #monitors: Monitor[] = []

  /** `service` gives the service under test, whose pid changes when it is restarted. */
  constructor(service: () => { readonly pid: number } | undefined) {
    this.#service = service
  }

  async start(target?: MonitorTarget, options?: MonitorOptions): Promise<Monitor> {
    const source =
      target === undefined
        ? following(this.#needService(), realClock)
        : await sourceOf(target, realClock)
    const label = target === undefined ? { label: 'the service' } : {}
    const monitor = startMonitor(source, { ...label, ...options })
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

  #needService(): { readonly pid: number } {
    const service = this.#service()
    if (service !== undefined) return service
    throw UsageError.saying(
      'monitor',
      'monitor() watches the service that perf({ server }) starts, and there is none here: name a target, monitor({ port: 8080 }) or monitor({ pid })',
    )
  }
}
