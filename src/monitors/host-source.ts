import { cpus, freemem, totalmem } from 'node:os'
import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { busyShare, hostTimes } from './generator-cpu.ts'
import type { Sample, Source } from './sample.ts'

/** The clocks of the cores tick every 10 ms. */
const SHORTEST_SPAN: Ms = 100

/**
 * The machine: cores that are busy whoever uses them, and memory that is not available. In a container it
 * is the machine under it, too.
 */
export function hostSource(clock: Clock): Source {
  let before: { at: Ms; times: ReturnType<typeof hostTimes> } | undefined
  const look = async (): Promise<Sample> => {
    const [at, times, available] = [clock.now(), hostTimes(), freemem()]
    const elapsed = before === undefined ? 0 : at - before.at
    const share =
      before === undefined || elapsed < SHORTEST_SPAN ? undefined : busyShare(before.times, times)
    const cpu = share === undefined ? undefined : share * cpus().length
    if (before === undefined || cpu !== undefined) before = { at, times }
    const span = cpu === undefined ? 0 : elapsed
    return { at, cpu, span, rss: totalmem() - available, processes: 1, values: { available } }
  }
  return { label: 'the host', pid: undefined, look }
}
