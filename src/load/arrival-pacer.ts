import type { Clock, Timer } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'

export interface PacerOptions {
  readonly clock: Clock
  /** What the times of arrivals count from. */
  readonly startedAt: Ms
  /** When the load is over, from there, by what is known now. */
  readonly end: () => Ms
  /** Whether it goes on when that has come, with another end. */
  readonly more?: (() => boolean) | undefined
  /**
   * Wait for the last millisecond without a timer, which knows none smaller. It costs CPU for each
   * arrival, so it is for low rates only.
   */
  readonly spin: boolean
}

/**
 * Calls for arrivals at their times. A timer is set for the next one that is due; whatever is due by
 * the time it fires arrives then, with its own time, so that being late never moves what follows.
 */
export class ArrivalPacer {
  readonly #times: Iterator<Ms, undefined>
  readonly #options: PacerOptions
  readonly #ended = Promise.withResolvers<void>()
  #next: Ms | undefined
  #arrive: (at: Ms) => void = () => {}
  #timer: Timer | undefined
  #stopped = false

  constructor(times: Iterator<Ms, undefined>, options: PacerOptions) {
    this.#times = times
    this.#options = options
    this.#next = times.next().value
  }

  /** Resolves when the end has come, or the signal aborts. */
  async run(arrive: (at: Ms) => void, signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#stop()
    this.#arrive = arrive
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    else this.#turn()
    await this.#ended.promise
    signal.removeEventListener('abort', stop)
  }

  /** Looks at once when the load is over: its end has come nearer. */
  wake(): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#turn()
  }

  #turn(): void {
    if (this.#stopped) return
    const { clock, startedAt, end, more } = this.#options
    // Read once: what comes due while these start waits until answers had their turn.
    const now = clock.now() - startedAt
    while (this.#next !== undefined && this.#next <= now && this.#next < end() && !this.#stopped) {
      this.#arrive(this.#next)
      this.#next = this.#times.next().value
    }
    if ((this.#next ?? Infinity) < end()) this.#wait(startedAt + (this.#next ?? 0))
    else if (now < end()) this.#wait(startedAt + end())
    else if (more?.() === true) this.#turn()
    else this.#stop()
  }

  #wait(until: Ms): void {
    const { clock, spin } = this.#options
    // Starting the last ones may have taken longer than there was time.
    const delay = until - clock.now()
    if (delay <= 0 || (spin && delay < 1)) setImmediate(() => this.#turn())
    else {
      // A timer set too short is one more to set; one set too long cannot be made up for by spinning.
      const whole = spin ? Math.trunc(delay) : Math.ceil(delay)
      this.#timer = clock.setTimeout(() => this.#turn(), Math.max(1, whole))
    }
  }

  #stop(): void {
    this.#stopped = true
    this.#options.clock.clearTimeout(this.#timer)
    this.#ended.resolve()
  }
}
