import type { Clock } from '../clock/clock.ts'
import { InspectorGone } from '../service/inspector-client.ts'
import type { Ms } from '../units/units.ts'
import { NodeProcess } from './node-process.ts'
import type { NodeReading } from './node-process.ts'

/** Where the processes of a service can be inspected; some of them may have ended. */
export type InspectorUrls = () => Promise<readonly string[]>

/** All processes together: their heaps added up, of the loops the worst. */
export interface NodeSample extends NodeReading {
  readonly at: Ms
  /** Set when none of the processes before is there any more. */
  readonly replaced: boolean
}

/** Time between two looks for processes that have come. */
const LOOK_EVERY: Ms = 2_000
const WITHOUT_ANY: Ms = 500

/** The event loops and heaps of a service in Node that was started with `inspect`. */
export class NodeWatch {
  readonly #urls: InspectorUrls
  readonly #clock: Clock
  readonly #processes = new Map<string, NodeProcess>()
  readonly #gone = new Set<string>()
  #nextLook: Ms = -Infinity
  #before = new Set<string>()

  constructor(urls: InspectorUrls, clock: Clock) {
    this.#urls = urls
    this.#clock = clock
  }

  /** Nothing when one of the processes does not answer: a part is no sum. */
  async look(): Promise<NodeSample | undefined> {
    await this.#meet()
    const watched = [...this.#processes]
    const readings = await Promise.all(watched.map(([, process]) => process.read()))
    const known = readings.filter((each) => each !== undefined)
    if (known.length === 0 || known.length < readings.length) return undefined
    return {
      at: this.#clock.now(),
      heap: known.reduce((sum, { heap }) => sum + heap, 0),
      ...worst('delay', known),
      ...worst('busy', known),
      replaced: this.#replaced(watched.map(([url]) => url)),
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.close()))
  }

  /** Lets go of processes that have ended, and looks for new ones from time to time. */
  async #meet(): Promise<void> {
    for (const [url, process] of this.#processes) {
      if (!process.hasEnded) continue
      this.#processes.delete(url)
      this.#gone.add(url)
      this.#nextLook = -Infinity
    }
    if (this.#clock.now() < this.#nextLook) return
    const urls = await this.#urls()
    const added = urls.filter((url) => !this.#processes.has(url) && !this.#gone.has(url))
    await Promise.all(added.map((url) => this.#open(url)))
    const wait = this.#processes.size > 0 ? LOOK_EVERY : WITHOUT_ANY
    this.#nextLook = this.#clock.now() + wait
  }

  async #open(url: string): Promise<void> {
    try {
      this.#processes.set(url, await NodeProcess.open(url))
    } catch (error) {
      // One that only did not answer in time is tried again.
      if (error instanceof InspectorGone) this.#gone.add(url)
    }
  }

  #replaced(urls: readonly string[]): boolean {
    const before = this.#before
    this.#before = new Set(urls)
    return before.size > 0 && urls.every((url) => !before.has(url))
  }
}

function worst<Name extends 'delay' | 'busy'>(
  name: Name,
  readings: readonly NodeReading[],
): { [K in Name]?: number } {
  const known = readings.flatMap(({ [name]: value }) => (value === undefined ? [] : [value]))
  return known.length === 0 ? {} : ({ [name]: Math.max(...known) } as { [K in Name]?: number })
}
