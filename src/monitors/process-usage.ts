import pidusage from 'pidusage'
import type { Bytes, Ms } from '../units/units.ts'
import { kernelUnits, linuxUsage, uptime } from './linux-usage.ts'

/** What a process uses now. */
export interface ProcessUsage {
  readonly pid: number
  readonly rss: Bytes
  /** CPU time in its life. */
  readonly used: Ms
  /** CPU time of its children that have ended. Known on Linux only. */
  readonly usedByEnded: Ms
  /** When it started, by a clock of the machine: it tells a process from a later one of the same pid. */
  readonly born: Ms
  readonly age: Ms
  /** Known on Linux only, like the descriptors. */
  readonly threads?: number | undefined
  readonly descriptors?: number | undefined
  /** Set when its descriptors are not ours to see. */
  readonly refused?: boolean
}

/** Reads the processes that are still there; one that ended meanwhile is left out. */
export type UsageReader = (pids: readonly number[]) => Promise<readonly ProcessUsage[]>

/** Linux: `/proc` itself, 20 µs a process. macOS and BSD: `ps`, once for all. */
export function usageReader(): UsageReader {
  if (process.platform === 'linux') return linuxReader()
  if (process.platform !== 'win32') return psUsage
  return () => Promise.reject(new Error('processes cannot be watched on Windows'))
}

function linuxReader(): UsageReader {
  const units = kernelUnits()
  return async (pids) => {
    const now = uptime()
    return pids.map((pid) => linuxUsage(pid, units, now)).filter((each) => each !== undefined)
  }
}

async function psUsage(pids: readonly number[]): Promise<readonly ProcessUsage[]> {
  if (pids.length === 0) return []
  try {
    const stats: Record<string, pidusage.Status | null> = await pidusage([...pids])
    return Object.values(stats).flatMap((each) =>
      each !== null && each.memory > 0 ? [fromStatus(each)] : [],
    )
  } catch (error) {
    if (hasEnded(error)) return []
    throw error
  }
}

const fromStatus = ({ pid, memory, ctime, elapsed, timestamp }: pidusage.Status): ProcessUsage => ({
  pid,
  rss: memory,
  used: ctime,
  usedByEnded: 0,
  born: timestamp - elapsed,
  age: elapsed,
})

function hasEnded(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ESRCH' || error.message === 'No matching pid found'
}
