import type { Ms } from '../units/units.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import { takeLag } from './caller.ts'
import { CallSite } from './error-stack.ts'
import { outcomeOf, type Closure } from './socket-closure.ts'
import type { Inbox } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'
import type { ReadSignal } from './socket-signal.ts'
import { closedError, failed, record, type SocketOperation } from './socket-record.ts'
import { Waiting } from './socket-wait.ts'
import type { Timeouts } from './timeouts.ts'
import type { StreamEnd } from './stream-result.ts'
import { TokenStream, type StreamSource } from './token-stream.ts'
import { TokenTimes } from './token-times.ts'
import type { Signal } from './wires/wire.ts'

/** What a WebSocket answers its handshake with. */
const SWITCHING_PROTOCOLS = 101

/**
 * A streamed answer on a socket. It takes the messages that are a token, the end or an error, and
 * leaves all others to those who wait for them. Messages that came in one read are one arrival, as
 * in every stream: the gaps are between reads.
 */
export class SocketStream extends Waiting implements StreamSource {
  readonly asked = true
  readonly tokens = new TokenStream(this)
  readonly #site = new CallSite()
  readonly #read: ReadSignal
  readonly #timeouts: Timeouts
  readonly #times: TokenTimes
  /** Of the read at hand: when its first token came, and how many did. */
  #readAt: Ms = 0
  #inRead = 0

  constructor(
    operation: SocketOperation,
    inbox: Inbox,
    how: { readonly read: ReadSignal; readonly timeouts: Timeouts },
  ) {
    super(operation, inbox, how.timeouts.total, takeLag(operation.caller))
    this.#read = how.read
    this.#timeouts = how.timeouts
    this.#times = new TokenTimes(this.startedAt - this.lag)
  }

  leave(): void {
    this.fail('aborted', new Error('the test left the stream'))
  }

  offer(message: Message): boolean {
    const signal = this.#signalOf(message)
    if (signal === undefined) return false
    const isToken = Boolean(signal.text || signal.reasoning || signal.tool)
    if (isToken) this.#token(signal, message.at)
    if (signal.usage !== undefined) this.#times.counted(signal.usage)
    if (signal.tokens !== undefined) this.#times.parsed(signal.tokens)
    if (signal.malformed !== undefined) this.fail('malformed', new Error(signal.malformed))
    else if (signal.error !== undefined) this.fail('streamError', new Error(signal.error))
    else if (signal.done === true) this.#done(message.at)
    return isToken || signal.usage !== undefined || this.ended
  }

  override deadline(): Ms {
    return Math.min(super.deadline(), this.#tokenBy)
  }

  expire(now: Ms): void {
    const { firstToken, stall } = this.#timeouts
    const late = this.#tokenBy <= now
    if (!late) this.fail('timeout', new Error(`no end of the stream within ${this.timeout} ms`))
    else if (this.#times.lastAt === undefined) {
      this.fail('timeout', new Error(`no first token within ${firstToken} ms`))
    } else this.fail('stalled', new Error(`no token within ${stall} ms of the last one`))
  }

  /** Cut off before its end marker, whatever the close code says. */
  override lost(closure: Closure): void {
    const outcome = outcomeOf(closure)
    this.fail(outcome === 'closed' ? 'truncated' : outcome, closedError(closure))
  }

  protected failed(error: Error): void {
    this.#readEnds()
    const end = this.#end()
    const late = this.outcome === 'timeout' || this.outcome === 'stalled'
    const body = late ? this.inbox.recent() : undefined
    const failure = failed(this.operation, this, error, { body, site: this.#site })
    this.tokens.fail(() => failure, end)
  }

  #done(at: Ms): void {
    this.finish('ok' satisfies OutcomeKind, at)
    this.#readEnds()
    this.#times.done(at)
    this.tokens.settle(this.#end())
  }

  /** Records it, and gives what its stream says of itself. */
  #end(): StreamEnd {
    const timing = this.#times.timing()
    record(this.operation, this, timing)
    const { tokens: counted, chunks: _chunks, ...times } = timing
    const { usage } = this.#times
    return { status: SWITCHING_PROTOCOLS, ttfb: undefined, ...times, counted, usage }
  }

  /** When the next token, or the end, is to come. */
  get #tokenBy(): Ms {
    const { firstToken, stall } = this.#timeouts
    const { lastAt } = this.#times
    return lastAt === undefined ? this.startedAt + firstToken : lastAt + stall
  }

  #token({ text = '', reasoning, tool }: Signal, at: Ms): void {
    this.#times.token(at, text !== '')
    if (this.#times.chunks === 1) this.operation.caller.inFlight.moved(at + this.#timeouts.stall)
    if (this.#inRead++ === 0) {
      this.#readAt = at
      // All messages of a read come before the next microtask.
      queueMicrotask(() => this.#readEnds())
    }
    if (reasoning) this.tokens.aside('reasoning', reasoning)
    if (tool) this.tokens.aside('tool', tool)
    if (text !== '') this.tokens.token(text)
  }

  #readEnds(): void {
    this.#times.read(this.#readAt, this.#inRead)
    this.#inRead = 0
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
