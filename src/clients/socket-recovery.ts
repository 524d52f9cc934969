import type { Timer } from '../clock/clock.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import { PART, type Recorder } from '../metrics/recorder.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import type { Caller } from './caller.ts'
import type { CallSite } from './error-stack.ts'
import type { Bounded } from './in-flight.ts'
import { OperationError } from './operation-error.ts'
import { delayBefore, type ReconnectPlan } from './reconnect-plan.ts'
import type { Connection } from './socket-connection.ts'
import { dial } from './socket-dial.ts'
import type { OpenSockets } from './socket-open.ts'
import { failed, record, type SocketOperation } from './socket-record.ts'
import type { Target } from './socket-target.ts'

/** What a lost connection is brought back with. */
export interface RecoveryParts {
  readonly caller: Caller
  readonly target: Target
  readonly sockets: OpenSockets
  readonly plan: ReconnectPlan
  readonly random: () => number
  readonly site: CallSite
}

/**
 * Brings a lost connection back, with longer and longer pauses. From the loss until the new one stands
 * is recorded as `WS /path recovery`, the attempts as its parts.
 */
export class Recovery implements Sample, Bounded {
  readonly firstByteAt: Ms | undefined = undefined
  readonly startedAt: Ms
  endedAt: Ms = 0
  outcome: OutcomeKind = 'ok'
  slot = -1
  order = 0
  readonly #parts: RecoveryParts
  readonly #recorder: Recorder
  readonly #done = Promise.withResolvers<Connection>()
  #timer: Timer | undefined
  #wake: (() => void) | undefined
  #ended = false

  constructor(parts: RecoveryParts) {
    this.#parts = parts
    this.#recorder = parts.caller.recording.current
    this.startedAt = parts.caller.clock.now()
    // Nobody needs to wait for it.
    this.#done.promise.catch(() => {})
  }

  /** The new connection. @throws OperationError when it was given up */
  get done(): Promise<Connection> {
    return this.#done.promise
  }

  begin(): this {
    const { caller, sockets } = this.#parts
    sockets.add(this)
    caller.inFlight.add(this, Infinity)
    void this.#run()
    return this
  }

  deadline(): Ms {
    return Infinity
  }

  expire(): void {}

  abort(reason: string): void {
    this.#giveUp('cutOff', new Error(reason))
  }

  close(): Promise<void> {
    this.#giveUp('aborted', new Error('the test closed it'))
    return Promise.resolve()
  }

  async #run(): Promise<void> {
    const { plan, random } = this.#parts
    for (let attempt = 0; ; attempt++) {
      await this.#pause(delayBefore(attempt, plan, random))
      if (this.#ended) return
      const result = await this.#dial()
      if (!(result instanceof Error)) return this.#came(result)
      if (this.#ended) return
      if (!(result instanceof OperationError)) return this.#giveUp('aborted', result)
      if (attempt + 1 >= plan.attempts) return this.#giveUp(result.kind, result)
    }
  }

  async #dial(): Promise<Connection | Error> {
    const { caller, target, sockets, site } = this.#parts
    const { name, caller: owner } = this.#operation()
    const partOf = owner.partOf === undefined ? name : `${owner.partOf}${PART}${name}`
    try {
      return await dial(caller, target, sockets, { partOf, site })
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  #pause(delay: Ms): Promise<void> {
    const { clock } = this.#parts.caller
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#timer = clock.setTimeout(resolve, delay)
    })
  }

  #came(connection: Connection): void {
    if (this.#ended) return connection.drop('it came too late')
    this.#finish('ok')
    this.#recorder.sockets.recovered++
    record(this.#operation(), this)
    this.#done.resolve(connection)
  }

  #giveUp(outcome: Exclude<OutcomeKind, 'ok'>, error: Error): void {
    if (this.#ended) return
    this.#finish(outcome)
    record(this.#operation(), this)
    const { attempts } = this.#parts.plan
    const tries = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
    const why = error instanceof OperationError ? error.reason : error.message
    const reason = `did not come back in ${tries}, the last one ${why}`
    const own = outcome === 'cutOff' || outcome === 'aborted' ? {} : { reason }
    const { site } = this.#parts
    this.#done.reject(failed(this.#operation(), this, error, { ...own, site }))
  }

  #finish(outcome: OutcomeKind): void {
    const { caller, sockets } = this.#parts
    this.#ended = true
    this.outcome = outcome
    this.endedAt = caller.clock.now()
    caller.clock.clearTimeout(this.#timer)
    this.#wake?.()
    caller.inFlight.delete(this)
    sockets.delete(this)
  }

  #operation(): SocketOperation {
    const { caller, target } = this.#parts
    const name = `${target.name} recovery`
    const { url, tags } = target
    return { caller, recorder: this.#recorder, name, url, label: 'recovery', tags }
  }
}
