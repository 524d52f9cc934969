import { cpus } from 'node:os'
import type { Ms, Ratio } from '../units/units.ts'

/** The CPU that a load was generated with. */
export interface GeneratorCpu {
  /** Cores that the process kept busy on average, all its threads together. */
  readonly process?: number | undefined
  /** Share of all cores of the machine that were busy, whoever used them. */
  readonly host?: Ratio | undefined
  /** Cores of the machine. */
  readonly cores: number
}

/** All cores together, in any unit. */
interface HostTimes {
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

  end(watched: Ms): GeneratorCpu {
    const { user, system } = process.cpuUsage(this.#used)
    return {
      process: watched > 0 ? (user + system) / 1_000 / watched : undefined,
      host: busyShare(this.#host, hostTimes()),
      cores: cpus().length,
    }
  }
}

/** `undefined` when the clocks of the machine have not moved on, or are not to be had. */
export function busyShare(from: HostTimes, to: HostTimes): Ratio | undefined {
  const all = to.all - from.all
  return all > 0 ? Math.min(1, Math.max(0, 1 - (to.idle - from.idle) / all)) : undefined
}

function hostTimes(): HostTimes {
  const times = cpus().map((core) => core.times)
  const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)
  return {
    idle: sum(times.map(({ idle }) => idle)),
    all: sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq)),
  }
}
