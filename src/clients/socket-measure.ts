import type { Ms } from '../units/units.ts'
import { CallSite } from './error-stack.ts'
import { describeMatch, toMatches, type Match, type Matches } from './socket-match.ts'
import type { Inbox } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'
import type { Measured, Since } from './socket-options.ts'
import { failed, record, type SocketOperation } from './socket-record.ts'
import { describeSince, toCause, type CauseOf } from './socket-since.ts'
import { Waiting } from './socket-wait.ts'

/** What is measured. */
interface Wanted<T> {
  readonly match: Match<T> | undefined
  readonly since: Since<T> | undefined
  readonly timeout: Ms
}

/** Waits for what the service pushes; from its cause until the bytes arrive is recorded. */
export class Measuring<T> extends Waiting {
  readonly asked = false
  readonly #wanted: Wanted<T>
  readonly #matches: Matches
  readonly #causeOf: CauseOf
  readonly #arrived = Promise.withResolvers<Measured<T>>()
  readonly #site = new CallSite()

  constructor(operation: SocketOperation, inbox: Inbox, wanted: Wanted<T>) {
    super(operation, inbox, wanted.timeout)
    this.#wanted = wanted
    this.#matches = toMatches(wanted.match)
    this.#causeOf = toCause(wanted.since, this.startedAt)
    // It is awaited only behind its cause, which may fail first; a loss is recorded all the same.
    this.#arrived.promise.catch(() => {})
  }

  get arrived(): Promise<Measured<T>> {
    return this.#arrived.promise
  }

  /** With a cause of before, what has come already may be it; gives whether it was. */
  takeKept(): boolean {
    const { since } = this.#wanted
    if (since === undefined) return false
    const from = typeof since === 'number' ? since : -Infinity
    const message = this.inbox.take((each) => each.at >= from && this.#matches(each))
    if (message !== undefined) this.#take(message)
    return message !== undefined
  }

  offer(message: Message): boolean {
    try {
      if (!this.#matches(message)) return false
      this.#take(message)
    } catch (error) {
      this.fail('error', error instanceof Error ? error : new Error(String(error)))
    }
    return true
  }

  expire(): void {
    const what = describeMatch(this.#wanted.match)
    this.fail('timeout', new Error(`no ${what} within ${this.timeout} ms`))
  }

  protected failed(error: Error): void {
    record(this.operation, this)
    const body = this.outcome === 'timeout' ? this.inbox.recent() : undefined
    this.#arrived.reject(failed(this.operation, this, error, { body, site: this.#site }))
  }

  #take(message: Message): void {
    const cause = this.#causeOf(message, this.operation.caller.clock.now())
    if (cause === undefined) {
      return this.fail(
        'malformed',
        new Error(`${describeSince(this.#wanted.since)}: ${message.shown()}`),
      )
    }
    this.finish('ok', message.at)
    // The clock of a service on another machine may be ahead of ours.
    const startedAt = Math.min(cause, message.at)
    record(this.operation, {
      outcome: 'ok',
      startedAt,
      endedAt: message.at,
      firstByteAt: undefined,
    })
    this.#arrived.resolve({ message: message.value as T, took: message.at - startedAt })
  }
}
