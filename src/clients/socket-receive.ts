import { isFailure } from '../metrics/outcome.ts'
import type { Ms } from '../units/units.ts'
import { takeLag } from './caller.ts'
import { failLater } from './error-stack.ts'
import { describeMatch, toMatches, type Match, type Matches } from './socket-match.ts'
import type { Connection } from './socket-connection.ts'
import type { Inbox } from './socket-inbox.ts'
import { describeKey, type Key } from './socket-same.ts'
import type { Message } from './socket-message.ts'
import type { Closure } from './socket-closure.ts'
import { failed, record, type SocketOperation } from './socket-record.ts'
import { Waiting } from './socket-wait.ts'

/** Waits for one message: the answer to a request, or whatever a test receives. */
export class Receiving<T> extends Waiting {
  readonly asked: boolean
  readonly key: Key | undefined
  readonly #match: Match<T> | undefined
  readonly #matches: Matches
  readonly #arrived = Promise.withResolvers<T>()

  /** `asked`: the answer to a request; its round trip is recorded. */
  constructor(operation: SocketOperation, inbox: Inbox, wanted: Wanted<T>) {
    super(operation, inbox, wanted.timeout, wanted.asked ? takeLag(operation.caller) : 0)
    this.asked = wanted.asked
    this.key = wanted.key
    this.#match = wanted.match
    this.#matches = toMatches(wanted.match)
  }

  get arrived(): Promise<T> {
    return this.#arrived.promise
  }

  /** Takes what has come already; gives whether there was something. */
  takeKept(): boolean {
    const message = this.inbox.take(this.#matches)
    if (message === undefined) return false
    this.ended = true
    this.#arrived.resolve(message.value as T)
    return true
  }

  offer(message: Message): boolean {
    if (!this.#isWanted(message)) return false
    this.finish('ok', message.at)
    if (this.asked) record(this.operation, this)
    this.#arrived.resolve(message.value as T)
    return true
  }

  expire(): void {
    this.fail(
      'timeout',
      new Error(
        `no ${this.key === undefined ? describeMatch(this.#match) : describeKey(this.key)} within ${this.timeout} ms`,
      ),
    )
  }

  /** A wait of the test's own that the run's end cuts off is nothing that was measured. */
  protected failed(error: Error): void {
    if (this.asked || isFailure(this.outcome)) record(this.operation, this)
    const body = this.outcome === 'timeout' ? this.inbox.recent() : undefined
    this.#arrived.resolve(failLater(() => failed(this.operation, this, error, { body })))
  }

  /** An error that a predicate throws ends the wait. */
  #isWanted(message: Message): boolean {
    try {
      return this.#matches(message)
    } catch (error) {
      this.fail('error', error instanceof Error ? error : new Error(String(error)))
      return false
    }
  }
}

interface Wanted<T> {
  readonly match?: Match<T> | undefined
  /** The answer is the message with this value. */
  readonly key?: Key | undefined
  readonly timeout: Ms
  readonly asked: boolean
}

/** Waits, without a deadline, for the next message of a loop; `undefined` when the socket has ended. */
class Listening extends Waiting {
  readonly asked = false
  readonly #next = Promise.withResolvers<Message | undefined>()

  constructor(operation: SocketOperation, inbox: Inbox) {
    super(operation, inbox, Infinity)
  }

  get next(): Promise<Message | undefined> {
    return this.#next.promise
  }

  offer(message: Message): boolean {
    this.finish('ok', message.at)
    this.#next.resolve(message)
    return true
  }

  expire(): void {}

  override lost(closure: Closure): void {
    if (closure.by === 'inbox') return super.lost(closure)
    this.finish('ok', this.startedAt)
    this.#next.resolve(undefined)
  }

  protected failed(error: Error): void {
    if (isFailure(this.outcome)) record(this.operation, this)
    this.#next.resolve(failLater(() => failed(this.operation, this, error)))
  }
}

/** The next message of a loop over a connection; `undefined` when it has ended. */
export async function nextOf(
  operation: SocketOperation,
  { inbox, closure }: Connection,
): Promise<Message | undefined> {
  if (closure !== undefined && closure.by !== 'inbox') return undefined
  const listening = new Listening(operation, inbox)
  listening.begin(closure)
  return listening.next
}
