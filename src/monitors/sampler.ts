import type { Clock } from '../clock/clock.ts'
import { processTree } from '../service/process-tree.ts'
import type { Ms } from '../units/units.ts'
import { usageReader } from './process-usage.ts'
import type { ProcessUsage } from './process-usage.ts'
import { ProportionalMemory } from './proportional-memory.ts'
import type { Sample } from './sample.ts'

/** Looks at a tree; `'replaced'`: the process has ended, and another one has its pid now. */
export type TreeSampler = (when?: 'last') => Promise<Sample | 'ended' | 'replaced'>

/** The kernel counts CPU time in ticks of 10 ms, so a shorter interval would be off by over 10 %. */
const SHORTEST_SPAN: Ms = 100

/** Ages come in hundredths of a second. */
const AGE_STEP: Ms = 20

/** The births that two looks at one process give; `ps` knows seconds only. */
const SAME_BIRTH: Ms = 2_500

interface Reading {
  readonly at: Ms
  /** When the processes were listed, a little before. */
  readonly listedAt: Ms
  readonly by: ReadonlyMap<number, ProcessUsage>
}

/**
 * Samples a process with all its descendants. CPU is reckoned from the CPU time of each process, so
 * that any number of monitors may watch one service.
 */
export function treeSampler(pid: number, clock: Clock): TreeSampler {
  const read = usageReader()
  const proportional = new ProportionalMemory(clock)
  let before: Reading | undefined
  let born: Ms | undefined
  return async (when) => {
    const listedAt = clock.now()
    const usages = await read(await processTree(pid))
    const root = usages.find((each) => each.pid === pid)
    if (root === undefined) return 'ended'
    born ??= root.born
    if (Math.abs(root.born - born) > SAME_BIRTH) return 'replaced'
    const reading = { at: clock.now(), listedAt, by: byPid(usages) }
    const cpu = before === undefined ? undefined : cpuSince(before, reading)
    const span = before === undefined || cpu === undefined ? 0 : reading.at - before.at
    if (before === undefined || cpu !== undefined) before = reading
    const { pss, refused = [] } = await proportional.of([...reading.by.keys()], when)
    return { at: reading.at, cpu, span, pss, ...sumOf(usages, refused) }
  }
}

const byPid = (usages: readonly ProcessUsage[]): ReadonlyMap<number, ProcessUsage> =>
  new Map(usages.map((usage) => [usage.pid, usage]))

function sumOf(
  usages: readonly ProcessUsage[],
  noPss: readonly number[],
): Pick<Sample, 'rss' | 'processes' | 'threads' | 'descriptors' | 'problem'> {
  const noDescriptors = usages.filter((each) => each.refused === true).map(({ pid }) => pid)
  const of = (figure: 'rss' | 'threads' | 'descriptors'): number | undefined =>
    usages.reduce<number | undefined>((sum, { [figure]: value }) => {
      return sum === undefined || value === undefined ? undefined : sum + value
    }, 0)
  return {
    rss: of('rss'),
    processes: usages.length,
    threads: of('threads'),
    descriptors: of('descriptors'),
    problem: refusal('descriptors', noDescriptors) ?? refusal('PSS', noPss),
  }
}

function refusal(what: string, pids: readonly number[]): string | undefined {
  const [first] = pids
  if (first === undefined) return undefined
  const more = pids.length === 1 ? '' : ` and ${pids.length - 1} more`
  return `the ${what} of process ${first}${more} cannot be read: another user's`
}

/** Cores in use since `before`; `undefined` when that was only just now. */
function cpuSince(before: Reading, now: Reading): number | undefined {
  const span = now.at - before.at
  return span < SHORTEST_SPAN ? undefined : spent(before, now) / span
}

/**
 * CPU time between two readings. A process that started since then used all of its own within the span.
 * What one has used that ended meanwhile is in the account of the parent that collected it, together
 * with what was counted of it before.
 */
function spent(before: Reading, now: Reading): Ms {
  const youngerThan = now.at - before.listedAt + AGE_STEP
  let own = 0
  let ended = 0
  for (const [pid, { used, usedByEnded, age }] of now.by) {
    const earlier = before.by.get(pid)
    if (earlier === undefined && age >= youngerThan) continue
    own += Math.max(0, used - (earlier?.used ?? 0))
    ended += Math.max(0, usedByEnded - (earlier?.usedByEnded ?? 0))
  }
  for (const [pid, { used, usedByEnded }] of before.by) {
    if (!now.by.has(pid)) ended -= used + usedByEnded
  }
  return own + Math.max(0, ended)
}
