import { realClock } from '../clock/clock.ts'
import { InspectorClient } from '../service/inspector-client.ts'
import type { Bytes, Ms, Ratio } from '../units/units.ts'

/** What a process of Node says of itself, since it was last asked. */
export interface NodeReading {
  /** Heap in use, and what it holds outside of it. */
  readonly heap: Bytes
  /** The longest that the event loop kept something waiting; missing when it was asked only just before. */
  readonly delay?: Ms
  /** Share of the time in which the event loop was at work; missing likewise. */
  readonly busy?: Ratio
}

/** A process that is halted or busy answers later, and tells then how long it was. */
const PATIENCE: Ms = 1_000

/** How often the event loop is asked to be in time. */
const PERIOD: Ms = 20

/** In less time, being asked is most of what it does. */
const SHORTEST_SPAN: Ms = 100

/**
 * Runs in the process, once for each that watches it: what one has read is not lost to another. `require`
 * is the console's, so that it is there in modules and in CommonJS alike. A read may come in the middle of
 * a stall, which counts as long as it has lasted; Node's own `monitorEventLoopDelay` would lose it.
 */
const WATCH = `(() => {
  const { performance } = require('perf_hooks')
  const { setInterval, clearInterval } = require('timers')
  const { memoryUsage } = process
  const now = performance.now.bind(performance)
  const utilization = performance.eventLoopUtilization.bind(performance)
  let [since, before] = [now(), utilization()]
  let [due, worst] = [since + ${PERIOD}, 0]
  const timer = setInterval(() => {
    const at = now()
    worst = Math.max(worst, at - due)
    due = at + ${PERIOD}
  }, ${PERIOD})
  timer.unref()
  return (end) => {
    if (end) return clearInterval(timer)
    const { heapUsed, external } = memoryUsage()
    const heap = heapUsed + external
    const at = now()
    if (at - since < ${SHORTEST_SPAN}) return { heap }
    const after = utilization()
    const { utilization: busy } = utilization(after, before)
    const delay = Math.max(worst, at - due)
    since = at
    before = after
    worst = 0
    return { heap, delay, busy }
  }
})()`

/** A process of Node that is asked again and again how its event loop and its heap are. */
export class NodeProcess {
  readonly #client: InspectorClient
  readonly #objectId: string
  #asked: Promise<NodeReading | undefined> | undefined

  private constructor(client: InspectorClient, objectId: string) {
    this.#client = client
    this.#objectId = objectId
  }

  /** @throws InspectorGone when it has ended, Error when it does not answer or cannot be watched */
  static async open(url: string): Promise<NodeProcess> {
    const client = await InspectorClient.open(url)
    try {
      const params = { expression: WATCH, includeCommandLineAPI: true }
      const answer = await client.ask('Runtime.evaluate', params, PATIENCE)
      const { result } = answer as { readonly result?: { readonly objectId?: string } }
      if (result?.objectId !== undefined) return new NodeProcess(client, result.objectId)
      throw new Error('the event loop of the inspected process cannot be watched')
    } catch (error) {
      client.close()
      throw error
    }
  }

  get hasEnded(): boolean {
    return !this.#client.isOpen
  }

  /** `undefined` when it does not answer now: what it is asked it answers later, to a later read. */
  async read(): Promise<NodeReading | undefined> {
    this.#asked ??= this.#call(false)
      .then((value) => value as NodeReading)
      .catch(() => undefined)
      .finally(() => (this.#asked = undefined))
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = realClock.setTimeout(resolve, PATIENCE)
    const reading = await Promise.race([this.#asked, late])
    realClock.clearTimeout(timer)
    return reading ?? undefined
  }

  /** Leaves nothing running in it. */
  async close(): Promise<void> {
    await this.#call(true, PATIENCE).catch(() => {})
    this.#client.close()
  }

  async #call(end: boolean, within?: Ms): Promise<unknown> {
    const params = {
      objectId: this.#objectId,
      functionDeclaration: 'function (end) { return this(end) }',
      arguments: [{ value: end }],
      returnByValue: true,
    }
    const answer = await this.#client.ask('Runtime.callFunctionOn', params, within)
    return (answer as { readonly result?: { readonly value?: unknown } }).result?.value
  }
}
