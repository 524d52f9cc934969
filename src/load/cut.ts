import { InFlight } from '../clients/in-flight.ts'
import type { Clock } from '../clock/clock.ts'

/** Ends what users are at: their calls under way, and whatever listens to their signal. */
export class Cut {
  readonly inFlight: InFlight
  /** What the signal aborts with. */
  readonly reason: Error
  readonly #clock: Clock
  readonly #controller = new AbortController()
  /** No listeners to the signal: one more of those is looked for among all. */
  readonly #branches = new Set<Cut>()

  constructor(clock: Clock, reason = new Error('the run ended before the answer came')) {
    this.#clock = clock
    this.inFlight = new InFlight(clock)
    this.reason = reason
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  now(): void {
    this.#controller.abort(this.reason)
    this.inFlight.abortAll(this.reason.message)
    for (const branch of this.#branches) branch.now()
  }

  /** A part that may be cut by itself, and is cut with the whole until it is done with. */
  branch(): Cut {
    const branch = new Cut(this.#clock, this.reason)
    if (this.signal.aborted) branch.now()
    else this.#branches.add(branch)
    return branch
  }

  done(branch: Cut): void {
    this.#branches.delete(branch)
  }
}
