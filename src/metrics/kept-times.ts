/** The times of one stream that are kept together, so that several limits can be held against each. */
export const TIMES = ['latency', 'ttfb', 'ttft', 'ttfo', 'ttst', 'tpot', 'ttct'] as const
export type JointTime = (typeof TIMES)[number]
/** One stream's; what it has not is missing. */
export type TimesOfOne = Readonly<Partial<Record<JointTime, number | undefined>>>

/** Behind the times, in which second of the recording the stream ended. */
export const SECOND = TIMES.length
export const WIDTH = TIMES.length + 1
/** Streams in a block: 32 KiB. */
export const BLOCK = 1_024
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

/** Times of streams as JSON: 32-bit numbers in base64, and how many streams they stand for. */
export interface PackedTimes {
  readonly rows: string
  readonly seen: number
}

/** Those of a recorder, packed, exactly; of what is no recorder's there are none. */
export const packJointTimes = (joint: JointTimes): readonly PackedTimes[] =>
  joint instanceof KeptTimes ? [joint.packed()] : []

export const unpackJointTimes = ({ rows, seen }: PackedTimes): JointTimes =>
  KeptTimes.of(Buffer.from(rows, 'base64'), seen)

/** Those of one recorder. */
export class KeptTimes implements JointTimes {
  readonly #blocks: readonly Float32Array[]
  readonly #kept: number
  readonly #seen: number

  constructor(blocks: readonly Float32Array[], kept: number, seen: number) {
    this.#blocks = blocks
    this.#kept = kept
    this.#seen = seen
  }

  static of(bytes: Buffer, seen: number): KeptTimes {
    const numbers = new Float32Array(bytes.length / 4)
    for (let at = 0; at < numbers.length; at++) numbers[at] = bytes.readFloatLE(at * 4)
    const size = BLOCK * WIDTH
    const blocks = Array.from({ length: Math.ceil(numbers.length / size) }, (_, at) =>
      numbers.subarray(at * size, (at + 1) * size),
    )
    return new KeptTimes(blocks, numbers.length / WIDTH, seen)
  }

  get count(): number {
    return this.#seen
  }

  get complete(): boolean {
    return this.#kept === this.#seen
  }

  packed(): PackedTimes {
    const bytes = Buffer.alloc(this.#kept * WIDTH * 4)
    const numbers = this.#blocks.flatMap((block) => [...block]).slice(0, this.#kept * WIDTH)
    for (const [at, value] of numbers.entries()) bytes.writeFloatLE(value, at * 4)
    return { rows: bytes.toString('base64'), seen: this.#seen }
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
