import { realClock } from '../clock/clock.ts'
import type { Timer } from '../clock/clock.ts'
import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import type { ServiceSpec } from './options.ts'
import type { Probe } from './probe.ts'
import { looksAt } from './ready.ts'
import { ServiceError } from './service-error.ts'
import type { ServiceLog } from './service-log.ts'

/** How long a service was away. */
export interface Recovery {
  readonly fault: 'kill' | 'pause' | 'restart'
  /** From the fault to the first good answer of the ready check. */
  readonly time: Ms
  /** How sure that is: the service came back within the last so many milliseconds of it. */
  readonly resolution: Ms
}

/** Time between two looks. */
const STEP: Ms = 10
/** A look that hangs so long gets another one beside it. */
const PATIENCE: Ms = 100
const MOST_LOOKS = 20

interface Fault {
  readonly kind: Recovery['fault']
  readonly at: Ms
}

/** Measures from a fault to the first good answer after it. */
export class RecoveryWatch {
  readonly #spec: ServiceSpec
  readonly #log: ServiceLog
  readonly #stopped: AbortSignal
  #fault: Fault | undefined
  #looking: Promise<Recovery> | undefined
  #over = false

  constructor(spec: ServiceSpec, log: ServiceLog, stopped: AbortSignal) {
    this.#spec = spec
    this.#log = log
    this.#stopped = stopped
  }

  /** Now. One that has not been recovered from goes on: a restart after a crash is its cure. */
  fault(kind: Fault['kind']): void {
    if (this.#fault !== undefined && !this.#over) return
    this.#fault = { kind, at: realClock.now() }
    this.#looking = undefined
    this.#over = false
  }

  /** Begins to look, since from now on a good answer can only come from a service that is back. */
  look(): void {
    if (this.#fault === undefined || this.#looking !== undefined) return
    const looking = this.#lookUntilGood(this.#fault)
    this.#looking = looking
    looking.then(
      () => (this.#over = true),
      // Whoever brings it back after so long a time begins to look again.
      () => (this.#looking = undefined),
    )
  }

  /** @throws ServiceError when it does not come back within its `startTimeout`, or nothing befell it */
  async result(): Promise<Recovery> {
    this.look()
    if (this.#looking !== undefined) return this.#looking
    const why = 'had no fault to recover from: restart(), kill() or pause() comes first'
    throw new ServiceError(this.#spec, why)
  }

  async #lookUntilGood({ kind, at }: Fault): Promise<Recovery> {
    const { startTimeout, ready } = this.#spec
    const signal = AbortSignal.any([this.#stopped, AbortSignal.timeout(startTimeout)])
    const look = looksAt(ready, this.#log, signal)
    const { good, bad, said } = await firstGood(look, signal)
    if (good !== undefined) return { fault: kind, time: good - at, resolution: good - bad }
    this.#stopped.throwIfAborted()
    const what = `has not recovered within ${formatMs(startTimeout)}, after ${kind}()`
    throw new ServiceError(this.#spec, `${what}\n  last look: ${said}`, this.#log.tail(20))
  }
}

interface Found {
  /** When the first good answer came. */
  readonly good: Ms | undefined
  /** When the last look began that found nothing; before there was one, when looking began. */
  readonly bad: Ms
  readonly said: string
}

/** Looks every 10 ms, one after the other unless they hang, until one is good or the signal aborts. */
function firstGood(look: () => Promise<Probe>, signal: AbortSignal): Promise<Found> {
  const { promise, resolve } = Promise.withResolvers<Found>()
  const state = { open: 0, last: -Infinity, bad: realClock.now(), said: 'nothing yet' }
  let timer: Timer | undefined
  const end = (good?: Ms): void => {
    realClock.clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    resolve({ good, bad: state.bad, said: state.said })
  }
  const abort = (): void => end()
  const once = async (): Promise<void> => {
    const from = realClock.now()
    state.open += 1
    state.last = from
    const { ready, said } = await look()
    state.open -= 1
    if (ready) return end(realClock.now())
    state.bad = Math.max(state.bad, from)
    if (!signal.aborted) state.said = said
  }
  const tick = (): void => {
    if (signal.aborted) return end()
    const hangs = realClock.now() - state.last >= PATIENCE && state.open < MOST_LOOKS
    if (state.open === 0 || hangs) void once()
    timer = realClock.setTimeout(tick, STEP)
  }
  signal.addEventListener('abort', abort)
  tick()
  return promise
}
