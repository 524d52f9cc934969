import type { Bytes, Ms } from '../units/units.ts'
import { LevelTrack } from './level-track.ts'
import type { LevelSummary } from './level-track.ts'

/** A process that took the place of another while it was watched. */
export interface Restart {
  /** When it was first seen, since the monitor started. */
  readonly at: Ms
  readonly pid: number
}

/** The memory of a process tree while it was watched. Without a sample every figure is `undefined`. */
export interface MemorySummary extends LevelSummary {
  readonly kind: 'memory'
  readonly label: string
  /**
   * The end less the start, negative when it shrank; from six samples on the median of the last three
   * less the median of the first three, so that one odd sample decides nothing. Needs two samples.
   * Of a service that was restarted it is that of the process that grew most.
   */
  readonly growth: Bytes | undefined
  /** Set when it ended while it was watched and did not come back: the end is the last that was seen. */
  readonly ended?: 'process exited' | 'cgroup removed'
  /** Set when another process took its place. */
  readonly restarts?: readonly Restart[]
  /** The first error that cost a sample or a part of one. */
  readonly problem?: string
}

/** The part of a summary that samples make. */
export type MemoryFigures = LevelSummary & Pick<MemorySummary, 'growth'>

/** Takes samples in and gives their figures at any time. */
export class MemoryTrack {
  readonly #level = new LevelTrack()
  #life = new Life()
  #grown: Bytes | undefined

  add(at: Ms, rss: Bytes): void {
    this.#level.add(at, rss)
    this.#life.add(rss)
  }

  /** What comes now is another process, which starts small. */
  restart(): void {
    this.#grown = higher(this.#grown, this.#life.growth)
    this.#life = new Life()
  }

  figures(): MemoryFigures {
    return { ...this.#level.figures(), growth: higher(this.#grown, this.#life.growth) }
  }
}

/** The ends of one process's memory. */
class Life {
  readonly #first: Bytes[] = []
  readonly #last: Bytes[] = []
  #samples = 0

  add(rss: Bytes): void {
    this.#samples += 1
    if (this.#first.length < 3) this.#first.push(rss)
    this.#last.push(rss)
    if (this.#last.length > 3) this.#last.shift()
  }

  get growth(): Bytes | undefined {
    const start = this.#samples < 6 ? this.#first[0] : median3(this.#first)
    const end = this.#samples < 6 ? this.#last.at(-1) : median3(this.#last)
    return this.#samples < 2 || start === undefined || end === undefined ? undefined : end - start
  }
}

function median3(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[1]
}

function higher(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right)
}
