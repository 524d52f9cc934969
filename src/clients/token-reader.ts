import type { StreamTiming, Usage } from '../metrics/sample.ts'
import { formatBytes } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { ByteDecoder } from './byte-decoder.ts'
import { framerOf, type Framer, type FrameSink } from './framing/framer.ts'
import { TokenTimes } from './token-times.ts'
import type { Frame } from './wires/frame.ts'
import type { Framing, Signal, Wire } from './wires/wire.ts'

/** Who is told of tokens as they come. */
export interface TokenSink {
  /** Text to read. */
  token(text: string): void
  /** What a model puts out besides. */
  aside?(kind: 'reasoning' | 'tool', text: string): void
}

const SILENT: TokenSink = { token: () => {} }
const NONE: Framer = { feed: () => {}, end: () => {} }

/**
 * Reads a stream's bytes as they arrive and keeps its times. The stamp is taken by the caller when
 * the bytes came, before anything is decoded. A read that carries several tokens is one arrival: the
 * gaps are between reads that carried at least one.
 */
export class TokenReader implements FrameSink {
  /** Set by the first end marker; later bytes change nothing. */
  done = false
  /** The message of an error event inside the stream; later events, an end marker too, change nothing. */
  error: string | undefined = undefined
  /** Why what came cannot be read. */
  malformed: string | undefined = undefined
  /** It goes on over another connection: an event that a close cuts off is sent again there. */
  resumes = false
  /** Told how long to wait before the stream is connected to again. */
  onRetry: ((delay: Ms) => void) | undefined = undefined

  readonly #wire: Wire
  readonly #sink: TokenSink
  readonly #most: number | undefined
  #decoder = new ByteDecoder()
  #framer: Framer
  readonly #times: TokenTimes
  #at: Ms = 0
  /** Done or failed: one look for each event. */
  #over = false

  constructor(wire: Wire, startedAt: Ms, sink: TokenSink = SILENT, most?: number) {
    this.#wire = wire
    this.#sink = sink
    this.#most = most
    this.#times = new TokenTimes(startedAt)
    this.#framer = this.#framed()
  }

  /** Nothing is read any more; what was found out stays. */
  leave(): void {
    this.#over = true
    this.#letGo()
  }

  /** The stream goes on over another connection: what an event had begun with there is dropped. */
  reopen(): void {
    this.#letGo()
    this.#decoder = new ByteDecoder()
    this.#framer = this.#framed()
  }

  /** How many events carried a token. */
  get tokens(): number {
    return this.#times.chunks
  }

  get framing(): Framing {
    return this.#wire.framing
  }

  /** What the service says it counted. */
  get usage(): Usage | undefined {
    return this.#times.usage
  }

  /** Takes the bytes of one read that arrived at `at`. */
  push(chunk: Buffer, at: Ms): void {
    if (this.#over) return
    const before = this.#times.chunks
    this.#at = at
    this.#framer.feed(this.#decoder.decode(chunk))
    this.#times.read(at, this.#times.chunks - before)
  }

  /** Says that no more bytes come; an event that only lacks its blank line is still read. */
  end(at: Ms): void {
    if (this.#over || this.resumes) return
    const before = this.#times.chunks
    this.#at = at
    this.#framer.feed(this.#decoder.end())
    if (!this.#over) this.#framer.end()
    this.#times.read(at, this.#times.chunks - before)
    if (this.#over) return
    // A close is an end only of something: an empty answer, or one in another format, is none.
    if (this.#wire.end === 'close' && this.tokens > 0) this.#finish()
  }

  /** A close would have been its end: what ended without being done has given no token. */
  get endsByClose(): boolean {
    return this.#wire.end === 'close'
  }

  /** It has given no token, nor says the service that it has. */
  get empty(): boolean {
    return this.#times.empty
  }

  /** When the last read with a token came. */
  get lastAt(): Ms | undefined {
    return this.#times.lastAt
  }

  /** The times so far, from the start of the call. */
  timing(): StreamTiming {
    return this.#times.timing()
  }

  /** Only once: by then it may serve another stream. */
  #letGo(): void {
    const framer = this.#framer
    this.#framer = NONE
    framer.leave?.()
  }

  #framed(): Framer {
    return framerOf(this.#wire, this, this.#most)
  }

  /** Called by the framer. */
  frame(frame: Frame): void {
    if (this.#over) return
    const signal = this.#wire.read(frame)
    if (signal.text || signal.reasoning || signal.tool) this.#token(signal)
    if (signal.usage !== undefined) this.#times.counted(signal.usage)
    if (signal.tokens !== undefined) this.#times.parsed(signal.tokens)
    if (signal.malformed !== undefined) this.#spoil(signal.malformed)
    else if (signal.error !== undefined) this.#fail(signal.error)
    else if (signal.done === true) this.#finish()
  }

  /** Called by the framer. */
  retry(delay: Ms): void {
    this.onRetry?.(delay)
  }

  #token({ text, reasoning, tool }: Signal): void {
    const visible = text !== undefined && text !== ''
    this.#times.token(this.#at, visible)
    if (reasoning) this.#sink.aside?.('reasoning', reasoning)
    if (tool) this.#sink.aside?.('tool', tool)
    if (visible) this.#sink.token(text)
  }

  #fail(error: string): void {
    this.#over = true
    this.error = error
  }

  #spoil(why: string): void {
    this.#over = true
    this.malformed = why
  }

  /** Called by the framer. */
  tooLong(most: number): void {
    if (!this.#over) this.#spoil(`one event of it is longer than ${formatBytes(most)}`)
  }

  #finish(): void {
    this.#over = true
    this.done = true
    this.#times.done(this.#at)
  }
}
