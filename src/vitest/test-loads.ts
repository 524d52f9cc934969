import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { LoadRun } from '../load/load-run.ts'
import { assertNotAborted } from '../load/aborted.ts'
import type { AbRun } from '../load/ab-run.ts'
import type { Capacity } from '../load/capacity.ts'
import { assertDelivered } from '../load/undelivered.ts'

/** Results of one kind of long work: those that have ended, and the work under way. */
class Results<T> {
  readonly all: T[] = []
  readonly #underWay: Set<Promise<unknown>>

  constructor(underWay: Set<Promise<unknown>>) {
    this.#underWay = underWay
  }

  readonly add = (result: T): void => void this.all.push(result)

  async keep(work: Promise<T>): Promise<T> {
    this.#underWay.add(work)
    try {
      const result = await work
      this.add(result)
      return result
    } finally {
      this.#underWay.delete(work)
    }
  }
}

/** The loads of one attempt of a test: the runs of those that have ended, and those under way. */
export class TestLoads {
  readonly runs: LoadRun[] = []
  /** Stops a load gracefully: when Vitest gives the test up, and when the test ends without the load. */
  readonly signal: AbortSignal
  readonly #leaving = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()
  /** Results of `load.compare`. */
  readonly comparisons = new Results<AbRun>(this.#underWay)
  /** Results of `load.findCapacity`. */
  readonly capacities = new Results<Capacity>(this.#underWay)

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#leaving.signal])
  }

  /** Keeps the run for the record of the test, delivered or not. @throws AbortedError, UndeliveredError */
  async keep(load: Promise<LoadRun>): Promise<LoadRun> {
    this.#underWay.add(load)
    try {
      const run = await load
      this.add(run)
      for (const each of run.repeats) assertDelivered(assertNotAborted(each))
      return run.repeats.length > 0 ? run : assertDelivered(assertNotAborted(run))
    } finally {
      this.#underWay.delete(load)
    }
  }

  /** Keeps a run that has ended, once. */
  add(run: LoadRun): void {
    if (!this.runs.includes(run)) this.runs.push(run)
  }

  /** Stops the loads that still run and waits for their results. Gives how many there were. */
  async stop(): Promise<number> {
    const left = this.#underWay.size
    this.#leaving.abort(new Error('the test has ended'))
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay)
      // What the test does with a result comes first: its matchers, or another load.
      await sleep(realClock, 0)
    }
    return left
  }
}
