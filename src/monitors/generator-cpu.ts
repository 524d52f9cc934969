import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Ms, Ratio } from '../units/units.ts'

/** The CPU that a load was generated with. */
export interface GeneratorCpu {
  /** Cores that the process kept busy on average, all its threads together. */
  readonly process?: number | undefined
  /** Share of all cores of the machine that were busy, whoever used them. */
  readonly host?: Ratio | undefined
  /** Share of the time in which this thread was ready to run and had no core. Known on Linux only. */
  readonly waited?: Ratio | undefined
  /** Cores of the machine. */
  readonly cores: number
}

/** In any unit. */
export interface HostTimes {
  readonly idle: number
  readonly all: number
}

/**
 * Watches the CPU of this process and of the machine from its making to `end`. The machine is looked at
 * twice only: a look costs 0.04 ms for each core.
 */
export class CpuWatch {
  readonly #used = process.cpuUsage()
  readonly #host = hostTimes()
  readonly #waited = waitedForCore()

  end(watched: Ms): GeneratorCpu {
    const { user, system } = process.cpuUsage(this.#used)
    const perTime = (time: Ms): number | undefined => (watched > 0 ? time / watched : undefined)
    const waited = waitedForCore()
    const known = waited !== undefined && this.#waited !== undefined
    return {
      process: perTime((user + system) / 1_000),
      host: busyShare(this.#host, hostTimes()),
      waited: known ? perTime(waited - this.#waited) : undefined,
      cores: cpus().length,
    }
  }
}

/** `undefined` when the clocks of the machine have not moved on, or are not to be had. */
export function busyShare(from: HostTimes, to: HostTimes): Ratio | undefined {
  const all = to.all - from.all
  return all > 0 ? Math.min(1, Math.max(0, 1 - (to.idle - from.idle) / all)) : undefined
}

export const hostTimes = (): HostTimes => together(coreTimes())

/** Of each core by itself. */
export const coreTimes = (): readonly HostTimes[] =>
  cpus().map(({ times: { user, nice, sys, idle, irq } }) => {
    return { idle, all: user + nice + sys + idle + irq }
  })

export const together = (cores: readonly HostTimes[]): HostTimes => ({
  idle: cores.reduce((sum, { idle }) => sum + idle, 0),
  all: cores.reduce((sum, { all }) => sum + all, 0),
})

/**
 * How long this thread has waited for a core in its life.
 * @see proc_pid_schedstat in the kernel's Documentation/scheduler/sched-stats.rst
 */
function waitedForCore(): Ms | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const [, waitedNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')
    return waitedNs === undefined ? undefined : Number(waitedNs) / 1e6
  } catch {
    return undefined // a kernel without it
  }
}
