import { freemem, totalmem } from 'node:os'
import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { busyShare, coreTimes, together } from './generator-cpu.ts'
import type { HostTimes } from './generator-cpu.ts'
import type { Sample, Source } from './sample.ts'

/** The clocks of the cores tick every 10 ms. */
const SHORTEST_SPAN: Ms = 100

interface Reading {
  readonly at: Ms
  readonly cores: readonly HostTimes[]
}

/**
 * The machine: cores that are busy whoever uses them, together and each (`core 0` …), and memory that is not
 * available. In a container it is the machine under it, too.
 */
export function hostSource(clock: Clock): Source {
  let before: Reading | undefined
  const look = async (): Promise<Sample> => {
    const now = { at: clock.now(), cores: coreTimes() }
    const available = freemem()
    const enough = before !== undefined && now.at - before.at >= SHORTEST_SPAN
    const { cpu, busy } = before === undefined || !enough ? NOT_YET : between(before, now)
    const span = before === undefined || cpu === undefined ? 0 : now.at - before.at
    if (before === undefined || cpu !== undefined) before = now
    const values = { available, ...busy }
    return { at: now.at, cpu, span, rss: totalmem() - available, processes: 1, values }
  }
  return { label: 'the host', pid: undefined, look }
}

interface Busy {
  readonly cpu: number | undefined
  /** Share of the time by the name of a core. */
  readonly busy: Readonly<Record<string, number>>
}

const NOT_YET: Busy = { cpu: undefined, busy: {} }

function between(before: Reading, now: Reading): Busy {
  const share = busyShare(together(before.cores), together(now.cores))
  const each = now.cores.flatMap((core, index) => {
    const earlier = before.cores[index]
    const busy = earlier === undefined ? undefined : busyShare(earlier, core)
    return busy === undefined ? [] : [[`core ${index}`, busy] as const]
  })
  return {
    cpu: share === undefined ? undefined : share * now.cores.length,
    busy: Object.fromEntries(each),
  }
}
