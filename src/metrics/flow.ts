import type { Bytes, Ms } from '../units/units.ts'

/** A stretch of a flow: `at` ms after its start, `width` ms long. */
export interface FlowWindow {
  readonly at: Ms
  readonly width: Ms
  readonly count: number
}

/** What passed, as plain data. */
export interface FlowData {
  readonly count: number
  readonly bytes: Bytes
  readonly windows: readonly FlowWindow[]
}

/** More windows than these are joined two by two, so that a soak costs constant memory. */
const MOST = 1_200

/** Counts what passes, second by second. `add` is on the path of each message. */
export class FlowCount {
  #count = 0
  #bytes: Bytes = 0
  #width: Ms = 1_000
  #windows: number[] = []
  readonly #epoch: Ms

  constructor(epoch: Ms) {
    this.#epoch = epoch
  }

  add(bytes: Bytes, now: Ms): void {
    this.#count++
    this.#bytes += bytes
    const index = Math.max(0, Math.floor((now - this.#epoch) / this.#width))
    if (index < this.#windows.length) this.#windows[index] = (this.#windows[index] as number) + 1
    else this.#reach(Math.max(now, this.#epoch))
  }

  data(): FlowData {
    const width = this.#width
    const windows = this.#windows.map((count, at) => ({ at: at * width, width, count }))
    return { count: this.#count, bytes: this.#bytes, windows }
  }

  /** Opens the windows up to `now`, and counts one in the last of them. */
  #reach(now: Ms): void {
    while ((now - this.#epoch) / this.#width >= MOST) this.#coarsen()
    const index = Math.floor((now - this.#epoch) / this.#width)
    while (this.#windows.length <= index) this.#windows.push(0)
    this.#windows[index] = (this.#windows[index] as number) + 1
  }

  #coarsen(): void {
    this.#width *= 2
    const half = Math.ceil(this.#windows.length / 2)
    this.#windows = Array.from(
      { length: half },
      (_, at) => (this.#windows[2 * at] ?? 0) + (this.#windows[2 * at + 1] ?? 0),
    )
  }
}
