/** The times of one stream that are kept together, so that several limits can be held against each. */
const TIMES = ['latency', 'ttfb', 'ttft', 'ttfo', 'ttst', 'tpot', 'ttct'] as const
export type JointTime = (typeof TIMES)[number]
/** One stream's; what it has not is missing. */
export type TimesOfOne = Readonly<Partial<Record<JointTime, number | undefined>>>

/** Behind the times, in which second of the recording the stream ended. */
const SECOND = TIMES.length
const WIDTH = TIMES.length + 1
/** Streams in a block: 32 KiB. */
const BLOCK = 1_024
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

/**
 * The times of streams, each stream's together. Known in the process that recorded them only: they are not
 * in the JSON of a run.
 */
export interface JointTimes {
  /** How many streams there were: the successes. */
  readonly count: number
  /** False beyond a million streams of one name, of which a part stands for all. */
  readonly complete: boolean
  /** How many streams hold every limit; a time that a stream has not holds none. */
  within(limits: TimesOfOne): number
  /** The same by the second in which they ended; one in which none did is missing. */
  course(limits: TimesOfOne): ReadonlyMap<number, number>
  toJSON(): undefined
}

class KeptTimes implements JointTimes {
  readonly #blocks: readonly Float32Array[]
  readonly #kept: number
  readonly #seen: number

  constructor(blocks: readonly Float32Array[], kept: number, seen: number) {
    this.#blocks = blocks
    this.#kept = kept
    this.#seen = seen
  }

  get count(): number {
    return this.#seen
  }

  get complete(): boolean {
    return this.#kept === this.#seen
  }

  within(limits: TimesOfOne): number {
    return [...this.course(limits).values()].reduce((sum, good) => sum + good, 0)
  }

  course(limits: TimesOfOne): ReadonlyMap<number, number> {
    const wanted = TIMES.flatMap((name, at) =>
      limits[name] === undefined ? [] : [[at, Math.fround(limits[name])] as const],
    )
    const good = new Map<number, number>()
    const each = this.#seen / this.#kept
    for (let row = 0; row < this.#kept; row++) {
      const block = this.#blocks[Math.floor(row / BLOCK)] as Float32Array
      const from = (row % BLOCK) * WIDTH
      if (!wanted.every(([at, limit]) => (block[from + at] as number) <= limit)) continue
      const second = block[from + SECOND] as number
      good.set(second, (good.get(second) ?? 0) + each)
    }
    return good
  }

  toJSON(): undefined {
    return undefined
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
