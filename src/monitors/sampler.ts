import pidusage from 'pidusage'
import type { Clock } from '../clock/clock.ts'
import { processTree } from '../service/process-tree.ts'
import type { Bytes, Ms } from '../units/units.ts'

/** One look at a process with all its descendants. */
export interface TreeSample {
  readonly at: Ms
  /** Resident memory of all of them; what they share is counted in each. */
  readonly rss: Bytes
  /**
   * CPU since the sample before, 1 for one core fully busy. `undefined` without such an interval:
   * in the first sample, and in one that follows too soon to tell.
   */
  readonly cpu: number | undefined
  /** The time that `cpu` stands for. */
  readonly span: Ms
  readonly processes: number
}

/** What a monitor looks with; `undefined` when the process has ended. */
export type Sampler = () => Promise<TreeSample | undefined>

/** The kernel counts CPU time in ticks of 10 ms, so a shorter interval would be off by over 10 %. */
const SHORTEST_SPAN: Ms = 100

/** Ages come in hundredths of a second. */
const AGE_STEP: Ms = 20

interface Reading {
  readonly at: Ms
  /** When the processes were listed, a little before. */
  readonly listedAt: Ms
  /** CPU time that each process has used in its life. */
  readonly used: ReadonlyMap<number, Ms>
}

/**
 * Samples the tree under `pid` through pidusage (`/proc` on Linux, `ps` elsewhere). CPU is reckoned
 * from the CPU time of each process, not from pidusage's own figure: that one covers the time since
 * anybody last asked, and two monitors of one service would falsify each other.
 */
export function treeSampler(pid: number, clock: Clock): Sampler {
  let before: Reading | undefined
  return async () => {
    const listedAt = clock.now()
    const stats = await usageOf(await processTree(pid))
    if (stats.length === 0) return undefined
    const at = clock.now()
    const rss = stats.reduce((sum, { memory }) => sum + memory, 0)
    const span = before === undefined ? 0 : at - before.at
    const cpu =
      before === undefined || span < SHORTEST_SPAN ? undefined : spentOf(stats, before, at) / span
    if (before === undefined || cpu !== undefined) before = readingOf(stats, { at, listedAt })
    return { at, rss, cpu, span: cpu === undefined ? 0 : span, processes: stats.length }
  }
}

interface Usage {
  readonly pid: number
  readonly memory: Bytes
  readonly ctime: Ms
  readonly elapsed: Ms
}

/** One that ended between listing and reading is left out; so is a zombie, which has no memory. */
async function usageOf(pids: readonly number[]): Promise<readonly Usage[]> {
  if (pids.length === 0) return []
  try {
    const stats: Record<string, Usage | null> = await pidusage([...pids])
    return Object.values(stats).flatMap((each) => (each !== null && each.memory > 0 ? [each] : []))
  } catch (error) {
    if (hasEnded(error)) return []
    throw error
  }
}

function hasEnded(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ESRCH' || error.message === 'No matching pid found'
}

function readingOf(
  stats: readonly Usage[],
  when: { readonly at: Ms; readonly listedAt: Ms },
): Reading {
  return { ...when, used: new Map(stats.map(({ pid, ctime }) => [pid, ctime])) }
}

/** CPU time since `before`. A process that started since then used all of its own within the span. */
function spentOf(stats: readonly Usage[], before: Reading, at: Ms): Ms {
  const youngerThan = at - before.listedAt + AGE_STEP
  return stats.reduce((sum, { pid, ctime, elapsed }) => {
    const earlier = before.used.get(pid) ?? (elapsed < youngerThan ? 0 : ctime)
    return sum + Math.max(0, ctime - earlier)
  }, 0)
}
