import type { Ms } from '../units/units.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { StreamTiming } from '../metrics/sample.ts'
import { takeLag } from './caller.ts'
import { CallSite } from './error-stack.ts'
import { outcomeOf, type Closure } from './socket-closure.ts'
import type { Inbox } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'
import type { ReadSignal } from './socket-signal.ts'
import { closedError, failed, record, type SocketOperation } from './socket-record.ts'
import { Waiting } from './socket-wait.ts'
import { TokenStream } from './token-stream.ts'

/** What a WebSocket answers its handshake with. */
const SWITCHING_PROTOCOLS = 101

/**
 * A streamed answer on a socket. It takes the messages that are a token, the end or an error, and
 * leaves all others to those who wait for them. Messages that came in one read are one arrival, as
 * in every stream: the gaps are between reads.
 */
export class SocketStream extends Waiting {
  readonly asked = true
  readonly tokens = new TokenStream(() =>
    this.fail('aborted', new Error('the test left the stream')),
  )
  readonly #site = new CallSite()
  readonly #read: ReadSignal
  readonly #gaps: Ms[] = []
  #firstAt: Ms | undefined
  #lastReadAt: Ms | undefined
  #inRead = false

  constructor(
    operation: SocketOperation,
    inbox: Inbox,
    how: { readonly read: ReadSignal; readonly timeout: Ms },
  ) {
    super(operation, inbox, how.timeout, takeLag(operation.caller))
    this.#read = how.read
  }

  offer(message: Message): boolean {
    const signal = this.#signalOf(message)
    if (signal === undefined) return false
    if (signal.text !== undefined) this.#token(signal.text, message.at)
    if (signal.error !== undefined) this.fail('streamError', new Error(signal.error))
    else if (signal.done === true) this.#done(message.at)
    return signal.text !== undefined || this.ended
  }

  expire(): void {
    this.fail('timeout', new Error(`no end of the stream within ${this.timeout} ms`))
  }

  /** Cut off before its end marker, whatever the close code says. */
  override lost(closure: Closure): void {
    const outcome = outcomeOf(closure)
    this.fail(outcome === 'closed' ? 'truncated' : outcome, closedError(closure))
  }

  protected failed(error: Error): void {
    record(this.operation, this, this.#timing(undefined))
    const body = this.outcome === 'timeout' ? this.inbox.recent() : undefined
    this.tokens.settle(failed(this.operation, this, error, { body, site: this.#site }))
  }

  #done(at: Ms): void {
    this.finish('ok' satisfies OutcomeKind, at)
    const timing = this.#timing(at - this.startedAt + this.lag)
    record(this.operation, this, timing)
    this.tokens.settle({ ...timing, status: SWITCHING_PROTOCOLS, ttfb: undefined })
  }

  #token(text: string, at: Ms): void {
    this.#firstAt ??= at
    if (!this.#inRead) {
      if (this.#lastReadAt !== undefined) this.#gaps.push(at - this.#lastReadAt)
      this.#lastReadAt = at
      this.#inRead = true
      // All messages of a read come before the next microtask.
      queueMicrotask(() => {
        this.#inRead = false
      })
    }
    this.tokens.token(text)
  }

  #timing(ttct: Ms | undefined): StreamTiming {
    const ttft = this.#firstAt === undefined ? undefined : this.#firstAt - this.startedAt + this.lag
    return { ttft, ttct, gaps: this.#gaps }
  }

  #signalOf(message: Message): ReturnType<ReadSignal> | undefined {
    try {
      return this.#read(message.value)
    } catch (error) {
      this.fail('error', error instanceof Error ? error : new Error(String(error)))
      return undefined
    }
  }
}
