import { UsageError } from '../errors/usage-error.ts'
import { startMonitor, type Monitor, type MonitorOptions } from '../monitors/monitor.ts'
import { pidOf, type MonitorTarget } from '../monitors/target.ts'

/** The monitors that a test has started; they end with it. */
export class TestMonitors {
  readonly #service: () => number | undefined
  readonly #monitors: Monitor[] = []

  /** `service` gives the process of the service under test. */
  constructor(service: () => number | undefined) {
    this.#service = service
  }

  async start(target?: MonitorTarget, options?: MonitorOptions): Promise<Monitor> {
    const pid = target === undefined ? this.#servicePid() : await pidOf(target)
    const label = target === undefined ? { label: 'the service' } : {}
    const monitor = startMonitor({ pid }, { ...label, ...options })
    this.#monitors.push(monitor)
    return monitor
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#monitors.map((monitor) => monitor.stop()))
  }

  #servicePid(): number {
    const pid = this.#service()
    if (pid !== undefined) return pid
    throw UsageError.saying(
      'monitor',
      'monitor() watches the service that perf({ server }) starts, and there is none here: name a target, monitor({ port: 8080 }) or monitor({ pid })',
    )
  }
}
