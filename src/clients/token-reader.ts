import { createParser, type EventSourceParser } from 'eventsource-parser'
import type { StreamTiming } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import { ByteDecoder } from './byte-decoder.ts'
import type { Signal, Wire } from './wires/wire.ts'

/** Who is told of tokens as they come. */
export interface TokenSink {
  token(text: string, at: Ms): void
}

const SILENT: TokenSink = { token: () => {} }

/**
 * Reads a stream's bytes as they arrive and keeps its times. The stamp is taken by the caller when
 * the bytes came, before anything is decoded. A read that carries several tokens is one arrival: the
 * gaps are between reads that carried at least one.
 */
export class TokenReader {
  /** Set by the first end marker; later bytes change nothing. */
  done = false
  /** The message of an error event inside the stream; later events, an end marker too, change nothing. */
  error: string | undefined = undefined
  tokens = 0

  readonly #wire: Wire
  readonly #startedAt: Ms
  readonly #sink: TokenSink
  readonly #decoder = new ByteDecoder()
  readonly #parser: EventSourceParser | undefined
  readonly #gaps: Ms[] = []
  #at: Ms = 0
  #firstAt: Ms | undefined
  /** NaN before the first. A number from the start, or each write would make a new object. */
  #lastReadAt: Ms = Number.NaN
  #doneAt: Ms | undefined
  /** Done or failed: one look for each event. */
  #over = false

  constructor(wire: Wire, startedAt: Ms, sink: TokenSink = SILENT) {
    this.#wire = wire
    this.#startedAt = startedAt
    this.#sink = sink
    if (wire.framing === 'sse') {
      this.#parser = createParser({
        onEvent: (event) => this.#take(wire.read(event)),
      })
    }
  }

  /** Takes the bytes of one read that arrived at `at`. */
  push(chunk: Buffer, at: Ms): void {
    if (this.#over) return
    const before = this.tokens
    this.#at = at
    this.#feed(this.#decoder.decode(chunk))
    if (this.tokens === before) return
    // A read may hold several chunks.
    if (at > this.#lastReadAt) this.#gaps.push(at - this.#lastReadAt)
    this.#lastReadAt = at
  }

  /** Says that no more bytes come; an event that only lacks its blank line is still read. */
  end(at: Ms): void {
    if (this.#over) return
    this.#at = at
    this.#feed(this.#decoder.end())
    if (this.#parser !== undefined) this.#feed('\n\n')
    if (this.#over) return
    // A close is an end only of something: an empty answer, or one in another format, is none.
    if (this.#wire.end === 'close' && this.tokens > 0) this.#finish()
  }

  /** What a stream that ended without being done lacks. */
  get missing(): string {
    return this.#wire.end === 'close'
      ? 'it ended before its first token'
      : 'it ended without its end marker'
  }

  /** The times so far, from the start of the call. */
  timing(): StreamTiming {
    const since = (stamp: Ms | undefined): Ms | undefined =>
      stamp === undefined ? undefined : stamp - this.#startedAt
    return { ttft: since(this.#firstAt), ttct: since(this.#doneAt), gaps: this.#gaps }
  }

  #feed(text: string): void {
    if (this.#parser !== undefined) this.#parser.feed(text)
    else if (text !== '') this.#take(this.#wire.read({ data: text }))
  }

  #take(signal: Signal): void {
    if (this.#over) return
    if (signal.text !== undefined) {
      this.#firstAt ??= this.#at
      this.tokens++
      this.#sink.token(signal.text, this.#at)
    }
    if (signal.error !== undefined) this.#fail(signal.error)
    else if (signal.done === true) this.#finish()
  }

  #fail(error: string): void {
    this.#over = true
    this.error = error
  }

  #finish(): void {
    this.#over = true
    this.done = true
    this.#doneAt = this.#at
  }
}
