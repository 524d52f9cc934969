import type { Dispatcher } from 'undici'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Ms } from '../units/units.ts'
import { NO_CHUNKS, WholeExchange, type ResponseHeaders } from './exchange.ts'
import type { TokenReader } from './token-reader.ts'
import { framingOf, typeOf } from './wires/recognise.ts'

/** How a stream ends that said something, and nothing to go on with. */
type Spoilt = 'streamError' | 'malformed'
/** Ends without the marker, or without a token: as they should be when the test asked for the end. */
const ENDS: readonly OutcomeKind[] = ['truncated', 'empty']

/** Bytes of a body without tokens (an error page) kept for the error message. */
const KEPT = 4_096
/** How long a service may take to end its answer after the end marker before we close it. */
const LINGER: Ms = 1_000

/**
 * An exchange whose body is read as a stream of tokens. It ends at the end marker, even when the
 * service holds the connection open after it (the connection is closed then, a second later); a
 * close before the marker is `truncated`, an end without a token `empty`. A status that is not expected
 * makes it an ordinary exchange, whose body goes into the error.
 */
export class StreamExchange extends WholeExchange {
  override streaming = true
  reader: TokenReader | undefined = undefined
  /** Makes the reader once the headers say that a stream comes; `undefined` for an error page. */
  onHeaders: ((exchange: StreamExchange) => TokenReader | undefined) | undefined = undefined
  /** When the test had it stopped from elsewhere; it has to end soon then, in whatever way. */
  stoppedAt: Ms | undefined = undefined
  #kept = 0
  #readAt: Ms | undefined
  #begun = false
  #lingering = false

  override deadline(): Ms {
    return this.#lingering ? this.closesBy() : Math.min(super.deadline(), this.#due().at)
  }

  override expire(now: Ms): void {
    const { at, outcome, why } = this.#due()
    if (at > now) super.expire(now)
    else this.cut(outcome, new Error(why))
  }

  /** From `at` on the service is to end the stream; `undefined` takes that back. */
  stop(at: Ms | undefined): void {
    if (this.ended) return
    this.stoppedAt = at === undefined ? undefined : (this.stoppedAt ?? at)
    if (at !== undefined) this.inFlight.moved(at + this.timeouts.stop)
  }

  override onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    super.onResponseStart(controller, status, headers)
    if (status < 200) return
    this.reader = this.answered()
    // What turns out to be a stream only here has had no such deadline before.
    if (this.streaming) this.inFlight.moved(this.startedAt + this.timeouts.firstToken)
  }

  override onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.watcher?.data(chunk)
    const { reader } = this
    if (reader === undefined) this.#keepStart(chunk)
    else this.#read(reader, chunk)
  }

  override onResponseEnd(
    controller: Dispatcher.DispatchController,
    trailers: ResponseHeaders,
  ): void {
    const { reader } = this
    if (reader !== undefined && !this.ended) this.#conclude(reader)
    super.onResponseEnd(controller, trailers)
  }

  /** What reads the stream, once the headers are there. */
  protected answered(): TokenReader | undefined {
    return this.onHeaders?.(this)
  }

  /** When the connection is closed if the service does not end an answer that is complete. */
  protected closesBy(): Ms {
    return this.endedAt + LINGER
  }

  /** What an error event does, or one that cannot be read: the stream is over, whatever follows. */
  protected failed(outcome: Spoilt, error: Error): void {
    this.cut(outcome, error)
  }

  /** Ends the operation and waits a while for the end of the answer, to keep the connection. */
  protected finishEarly(outcome: 'ok' | 'empty' | Spoilt): void {
    if (this.ended) return
    this.finish(outcome)
    this.#lingering = true
    this.inFlight.add(this, this.closesBy())
  }

  protected override finish(outcome: OutcomeKind): void {
    const stopped = this.stoppedAt !== undefined && ENDS.includes(outcome)
    if (stopped && !this.ended) this.error = undefined
    super.finish(stopped ? 'ok' : outcome)
  }

  protected override release(): void {
    if (this.#lingering) this.inFlight.delete(this)
    this.#lingering = false
    super.release()
  }

  #read(reader: TokenReader, chunk: Buffer): void {
    if (this.ended) return
    reader.push(chunk, this.#arrival())
    if (reader.tokens > 0) this.#begins(reader)
    else if (reader.error === undefined) this.#keepStart(chunk)
    if (reader.done) this.finishEarly(reader.empty ? 'empty' : 'ok')
    else if (reader.error !== undefined) this.failed('streamError', new Error(reader.error))
    else if (reader.malformed !== undefined) this.failed('malformed', new Error(reader.malformed))
  }

  #begins({ lastAt = 0 }: TokenReader): void {
    if (this.#begun) return
    this.#begun = true
    this.chunks = NO_CHUNKS
    this.inFlight.moved(lastAt + this.timeouts.stall)
  }

  /** The next deadline that only a stream has. */
  #due(): { readonly at: Ms; readonly outcome: 'timeout' | 'stalled'; readonly why: string } {
    const { firstToken, stall, stop } = this.timeouts
    const { startedAt, stoppedAt } = this
    const lastAt = this.reader?.lastAt
    if (stoppedAt !== undefined) {
      const why = `it had not ended ${stop} ms after its stop`
      return { at: stoppedAt + stop, outcome: 'timeout', why }
    }
    if (lastAt !== undefined) {
      const why = `no token within ${stall} ms of the last one`
      return { at: Math.max(lastAt, startedAt) + stall, outcome: 'stalled', why }
    }
    const at = this.streaming ? startedAt + firstToken : Infinity
    return { at, outcome: 'timeout', why: `no first token within ${firstToken} ms` }
  }

  #keepStart(chunk: Buffer): void {
    if (this.#kept < KEPT) this.keep(chunk)
    this.#kept += chunk.length
  }

  /**
   * When the bytes at hand arrived. All chunks that one read from the socket held come before the next
   * microtask: they arrived together, however long the first of them took to be read.
   */
  #arrival(): Ms {
    if (this.#readAt !== undefined) return this.#readAt
    queueMicrotask(() => {
      this.#readAt = undefined
    })
    return (this.#readAt = this.clock.now())
  }

  #conclude(reader: TokenReader): void {
    reader.end(this.clock.now())
    if (reader.done) return reader.empty ? this.finish('empty') : undefined
    if (reader.error !== undefined) return this.#fail('streamError', reader.error)
    const unreadable = reader.malformed ?? this.#otherType(reader)
    if (unreadable !== undefined) this.#fail('malformed', unreadable)
    else if (reader.endsByClose || (!this.#begun && this.#kept === 0)) this.finish('empty')
    else this.#fail('truncated', 'it ended without its end marker')
  }

  /** `text/html instead of server-sent events`, of an answer without a token that was no stream at all. */
  #otherType(reader: TokenReader): string | undefined {
    if (reader.tokens > 0 || this.chunks.length === 0 || reader.framing === 'text') return undefined
    const { 'content-encoding': coding = 'identity' } = this.headers
    if (coding !== 'identity') return `it is compressed (${String(coding)}), which no stream may be`
    const type = typeOf(this.headers)
    if (type === undefined || framingOf(this.headers) === reader.framing) return undefined
    return `${type} instead of ${NAMES[reader.framing]}`
  }

  #fail(outcome: Spoilt | 'truncated', message: string): void {
    this.error = new Error(message)
    this.finish(outcome)
  }
}

const NAMES = { sse: 'server-sent events', ndjson: 'JSON in lines' } as const
