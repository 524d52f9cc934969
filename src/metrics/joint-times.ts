import {
  BLOCK,
  KeptTimes,
  SECOND,
  TIMES,
  WIDTH,
  type JointTime,
  type JointTimes,
  type TimesOfOne,
} from './kept-times.ts'

/** Streams of one name kept, of all: 32 MiB. */
const MOST = 1_024 * BLOCK

/**
 * Keeps the times of each successful stream. All of the first million; beyond that one in two, evenly
 * spread, then one in four …, so that it costs at most 32 MiB.
 */
export class JointRecorder {
  /** An even number, so that the one that no longer fits is one of those to keep. */
  readonly #most: number
  #blocks: Float32Array[] = []
  #kept = 0
  #seen = 0
  #stride = 1

  constructor(most = MOST) {
    this.#most = most
  }

  add(times: TimesOfOne, second: number): void {
    if (this.#seen++ % this.#stride !== 0) return
    if (this.#kept === this.#most) this.#thin()
    const block = this.#next()
    const from = (this.#kept++ % BLOCK) * WIDTH
    for (let at = 0; at < SECOND; at++)
      block[from + at] = times[TIMES[at] as JointTime] ?? Number.NaN
    block[from + SECOND] = second
  }

  /** Takes back the last stream of that latency: it was none that succeeded. */
  remove(latency: number): void {
    const wanted = Math.fround(latency)
    for (let row = this.#kept - 1; row >= 0; row--) {
      const block = this.#blocks[Math.floor(row / BLOCK)] as Float32Array
      const at = (row % BLOCK) * WIDTH
      if (block[at] !== wanted) continue
      block.fill(Number.NaN, at, at + WIDTH)
      return
    }
  }

  /** What was kept until now. */
  data(): JointTimes {
    return new KeptTimes([...this.#blocks], this.#kept, this.#seen)
  }

  /** The block of the next row. */
  #next(): Float32Array {
    if (this.#kept % BLOCK === 0) this.#blocks.push(new Float32Array(BLOCK * WIDTH))
    return this.#blocks[this.#blocks.length - 1] as Float32Array
  }

  /** Every other one is left out; those given out before stay as they are. */
  #thin(): void {
    const blocks = this.#blocks
    const count = this.#kept
    this.#blocks = []
    this.#kept = 0
    this.#stride *= 2
    for (let row = 0; row < count; row += 2) {
      const from = (row % BLOCK) * WIDTH
      const kept = (blocks[Math.floor(row / BLOCK)] as Float32Array).subarray(from, from + WIDTH)
      const block = this.#next()
      block.set(kept, (this.#kept++ % BLOCK) * WIDTH)
    }
  }
}

/** The same, so many seconds later: in the course of several runs. */
export const later = (joint: JointTimes, seconds: number): JointTimes => ({
  count: joint.count,
  complete: joint.complete,
  within: (limits) => joint.within(limits),
  course: (limits) =>
    new Map([...joint.course(limits)].map(([second, good]) => [second + seconds, good])),
  toJSON: () => undefined,
})

/** Those of several names together; `undefined` when there are none. */
export function joinJointTimes(all: readonly (JointTimes | undefined)[]): JointTimes | undefined {
  const parts = all.filter((each) => each !== undefined)
  if (parts.length < 2) return parts[0]
  return new JoinedTimes(parts)
}

class JoinedTimes implements JointTimes {
  readonly #parts: readonly JointTimes[]

  constructor(parts: readonly JointTimes[]) {
    this.#parts = parts
  }

  get count(): number {
    return this.#parts.reduce((sum, { count }) => sum + count, 0)
  }

  get complete(): boolean {
    return this.#parts.every(({ complete }) => complete)
  }

  within(limits: TimesOfOne): number {
    return this.#parts.reduce((sum, part) => sum + part.within(limits), 0)
  }

  course(limits: TimesOfOne): ReadonlyMap<number, number> {
    const all = new Map<number, number>()
    for (const [second, good] of this.#parts.flatMap((part) => [...part.course(limits)])) {
      all.set(second, (all.get(second) ?? 0) + good)
    }
    return all
  }

  toJSON(): undefined {
    return undefined
  }
}
