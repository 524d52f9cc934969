import type { Clock, Timer } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { peakOf, type ArrivalTimes, type RateStretch } from './arrival-schedule.ts'
import { after } from './stretches.ts'

export interface PacerOptions {
  readonly clock: Clock
  /** What the times of arrivals count from. */
  readonly startedAt: Ms
  /** When the load is over, from there, by what is known now. */
  readonly end: () => Ms
  /** Whether it goes on when that has come, with another end. */
  readonly more?: (() => boolean) | undefined
  /** The rates that the times follow. */
  readonly line: readonly RateStretch[]
}

/**
 * Up to this rate the last part of a millisecond is waited for without a timer, which knows none smaller.
 * That costs about 0.3 ms of a core for each arrival, and at 200/s more than a generator should burn that
 * has nothing to do.
 */
const SPIN_BELOW = 100

/**
 * Calls for arrivals at their times. A timer is set for the next one that is due; whatever is due by
 * the time it fires arrives then, with its own time, so that being late never moves what follows.
 */
export class ArrivalPacer {
  readonly #times: ArrivalTimes
  readonly #options: PacerOptions
  readonly #ended = Promise.withResolvers<void>()
  #next: Ms | undefined
  #arrive: (at: Ms) => void = () => {}
  #timer: Timer | undefined
  #spin: boolean
  /** Turns that were waited for: one that came earlier makes the others void. */
  #turns = 0
  #stopped = false

  constructor(times: ArrivalTimes, options: PacerOptions) {
    this.#times = times
    this.#options = options
    this.#next = times.next
    this.#spin = peakOf(options.line) <= SPIN_BELOW
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

  /** Calls for what is due, and from then on for what another line of rates asks for. */
  follow(line: readonly RateStretch[], at: Ms): void {
    this.#arriveUntil(at)
    this.#times.follow(line, at)
    this.#next = this.#times.next
    this.#spin = peakOf(after(line, at)) <= SPIN_BELOW
    this.wake()
  }

  #turn(): void {
    if (this.#stopped) return
    const { clock, startedAt, end, more } = this.#options
    // Read once: what comes due while these start waits until answers had their turn.
    const now = clock.now() - startedAt
    this.#arriveUntil(now)
    if ((this.#next ?? Infinity) < end()) this.#wait(startedAt + (this.#next ?? 0))
    else if (now < end()) this.#wait(startedAt + end())
    else if (more?.() === true) this.#turn()
    else this.#stop()
  }

  #arriveUntil(now: Ms): void {
    const { end } = this.#options
    while (this.#next !== undefined && this.#next <= now && this.#next < end() && !this.#stopped) {
      this.#arrive(this.#next)
      this.#times.taken()
      this.#next = this.#times.next
    }
  }

  #wait(until: Ms): void {
    const { clock } = this.#options
    const spin = this.#spin
    // Starting the last ones may have taken longer than there was time.
    const delay = until - clock.now()
    const nth = ++this.#turns
    const turn = (): void => {
      if (nth === this.#turns) this.#turn()
    }
    if (delay <= 0 || (spin && delay < 1)) setImmediate(turn)
    else {
      // A timer set too short is one more to set; one set too long cannot be made up for by spinning.
      const whole = spin ? Math.trunc(delay) : Math.ceil(delay)
      this.#timer = clock.setTimeout(turn, Math.max(1, whole))
    }
  }

  #stop(): void {
    this.#stopped = true
    this.#options.clock.clearTimeout(this.#timer)
    this.#ended.resolve()
  }
}
