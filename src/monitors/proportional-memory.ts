import { readFile } from 'node:fs/promises'
import type { Clock } from '../clock/clock.ts'
import type { Bytes, Ms } from '../units/units.ts'
import { isRefusal } from './linux-usage.ts'

const SHORTEST_WAIT: Ms = 2_000
/** The kernel walks through all pages of a process, 1 ms and more: no more than 1 % of the time. */
const WAIT_PER_COST = 100

/** What a look gave. */
export interface Proportional {
  readonly pss?: Bytes
  /** Processes that are somebody else's. */
  readonly refused?: readonly number[]
}

/**
 * The PSS of processes together: each page that several of them share counts once in all. RSS counts
 * it once for each, which makes a cluster look bigger than it is. Linux only.
 */
export class ProportionalMemory {
  readonly #clock: Clock
  #next: Ms = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Nothing when it is not time yet, and where it cannot be had. */
  async of(pids: readonly number[], when?: 'last'): Promise<Proportional> {
    const from = this.#clock.now()
    if (process.platform !== 'linux' || (from < this.#next && when === undefined)) return {}
    this.#next = Infinity
    const sizes: Awaited<ReturnType<typeof pssOf>>[] = []
    // One after the other: this process has users to serve meanwhile.
    for (const pid of pids) sizes.push(await pssOf(pid))
    const now = this.#clock.now()
    this.#next = now + Math.max(SHORTEST_WAIT, (now - from) * WAIT_PER_COST)
    if (sizes.includes('refused'))
      return { refused: pids.filter((_, index) => sizes[index] === 'refused') }
    return sum(sizes.filter((size) => size !== 'refused'))
  }
}

/** 0 for one that has ended; `undefined` of a kernel that has it not. */
async function pssOf(pid: number): Promise<Bytes | 'refused' | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1')
    const [, kibibytes] = /^Pss:\s+(\d+) kB/m.exec(text) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024
  } catch (error) {
    if (isRefusal(error)) return 'refused'
    return error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 0 : undefined
  }
}

function sum(sizes: readonly (Bytes | undefined)[]): Proportional {
  const known = sizes.filter((size) => size !== undefined)
  return known.length < sizes.length ? {} : { pss: known.reduce((all, size) => all + size, 0) }
}
