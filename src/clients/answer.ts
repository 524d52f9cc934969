import { STATUS_CODES } from 'node:http'
import type { Recorder } from '../metrics/recorder.ts'
import type { Series } from '../metrics/series.ts'
import type { Ms } from '../units/units.ts'
import type { ResponseHeaders, WholeExchange } from './exchange.ts'
import { judgedLate, Judgement, type Entry, type Tally } from './judgement.ts'
import { OperationError, reasonOf } from './operation-error.ts'
import { bodyStart, redact } from './redact.ts'

/** Where and what an exchange was, for its recording and its errors. */
export interface Operation {
  readonly method: string
  readonly url: string
  readonly name: string
  readonly series: Series
  readonly recorder: Recorder
  /** The caller's, which an amended answer adds to. */
  readonly tally: Tally
}

/** An answer with its whole body. Reading it is free until asked for, and can be done many times. */
export class Answer {
  readonly #exchange: WholeExchange
  readonly #operation: Operation
  readonly #turn: number
  #judged: Judgement | undefined
  #bytes: Buffer | undefined

  constructor(exchange: WholeExchange, operation: Operation) {
    this.#exchange = exchange
    this.#operation = operation
    this.#turn = operation.tally.turn
  }

  get status(): number {
    return this.#exchange.status
  }

  /** Below 400. */
  get ok(): boolean {
    return this.status < 400
  }

  /** Names in lower case; a header that came several times is an array. */
  get headers(): ResponseHeaders {
    return this.#exchange.headers
  }

  /** From the call to the last byte. */
  get duration(): Ms {
    return this.#exchange.endedAt - this.#exchange.startedAt
  }

  /** From the call to the first byte of the answer. */
  get ttfb(): Ms {
    return (this.#exchange.firstByteAt ?? this.#exchange.endedAt) - this.#exchange.startedAt
  }

  bytes(): Uint8Array {
    return this.#whole()
  }

  text(): string {
    return this.#whole().toString('utf8')
  }

  /**
   * The body as JSON; the type is the caller's claim, not checked.
   * @throws OperationError showing the start of the body when it is not JSON
   */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.text()) as T
    } catch (error) {
      return this.#fail('malformed', 'answered something that is not JSON', error)
    }
  }

  /**
   * Calls the answer wrong: it counts as a failed operation, and the iteration or test ends here.
   * @throws UsageError when the iteration that got the answer has ended
   */
  fail(why: string): never {
    this.#assertOpen('fail')
    return this.#fail('assertion', `answered ${this.status}, called wrong: ${why}`)
  }

  /**
   * Calls the answer right: it counts as a success, whatever `fail` or `json` had said before. The last
   * word of an iteration counts.
   * @throws UsageError when the iteration that got the answer has ended
   */
  succeed(): void {
    this.#assertOpen('succeed')
    this.#judged?.succeed()
  }

  /** Called by an operation that this exchange is the whole of: it fares as the answer does. */
  ownedBy(entry: Entry): void {
    this.#judgement.owned(entry)
  }

  /** Made when it is needed, since few answers are judged. */
  get #judgement(): Judgement {
    return (this.#judged ??= new Judgement(this.#operation, this.#exchange))
  }

  #assertOpen(call: 'fail' | 'succeed'): void {
    if (this.#operation.tally.turn !== this.#turn) throw judgedLate(call)
  }

  #whole(): Buffer {
    const { chunks } = this.#exchange
    this.#bytes ??=
      chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
    return this.#bytes
  }

  #fail(kind: 'assertion' | 'malformed', reason: string, cause?: unknown): never {
    const error = operationError(this.#operation, this.#exchange, kind, reason, cause)
    this.#judgement.fail(kind, error)
    throw error
  }
}

/** The statuses that are fine: below 400, the ones named, or whatever comes. */
export type Expectation = 'any' | number | readonly number[] | undefined

export function isExpected(status: number, expect: Expectation): boolean {
  if (expect === undefined) return status < 400
  if (expect === 'any') return true
  return typeof expect === 'number' ? status === expect : expect.includes(status)
}

/** `answered 503 Service Unavailable, expected a status below 400`. */
export function unexpectedStatus(status: number, expect: Expectation, below = 400): string {
  const wanted = expect === undefined ? `a status below ${below}` : [expect].flat().join(' or ')
  return `answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd() + `, expected ${wanted}`
}

/** The error of an exchange that failed. */
export function operationError(
  operation: Operation,
  exchange: WholeExchange,
  kind: OperationError['kind'],
  reason = reasonOf(kind, exchange.error),
  cause: unknown = exchange.error,
): OperationError {
  return new OperationError({
    kind,
    reason,
    request: `${operation.method} ${redact(operation.url)}`,
    status: exchange.status === 0 ? undefined : exchange.status,
    body: bodyStart(Buffer.concat(exchange.chunks.slice(0, 4))),
    cause,
  })
}
