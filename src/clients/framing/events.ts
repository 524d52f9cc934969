import { createParser, type EventSourceParser } from 'eventsource-parser'
import { Frame } from '../wires/frame.ts'
import type { Framer, FrameSink } from './framer.ts'

/** Those that no stream is read with, by their longest event. They live long, and hold nothing. */
const IDLE = new Map<number, Events[]>()
/** More have never been needed at once in one process. */
const MOST_IDLE = 10_000

const NOBODY: FrameSink = { frame: () => {}, tooLong: () => {} }

/** A parser of server-sent events: one that is idle, or a new one. */
export function eventsFor(sink: FrameSink, most: number): Framer {
  const events = IDLE.get(most)?.pop() ?? new Events(most)
  events.begin(sink)
  return events
}

/**
 * Server-sent events by the specification. A parser is a dozen closures, a fifth of what a stream takes, and
 * V8 copies all of that twice while the stream lives: so it serves one stream after the other.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
class Events implements Framer {
  readonly #most: number
  readonly #parser: EventSourceParser
  #sink = NOBODY
  #feeding = false
  #left = false

  constructor(most: number) {
    this.#most = most
    this.#parser = createParser({
      maxBufferSize: most,
      onEvent: ({ data, event, id }) => this.#sink.frame(new Frame(data, event, id)),
      onRetry: (delay) => this.#sink.retry?.(delay),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.#sink.tooLong(most)
      },
    })
  }

  begin(sink: FrameSink): void {
    this.#sink = sink
    this.#left = false
  }

  feed(text: string): void {
    this.#feeding = true
    this.#parser.feed(text)
    this.#feeding = false
    if (this.#left) this.#rest()
  }

  end(): void {
    this.feed('\n\n')
  }

  /** A stream may be left by what one of its own tokens does: the rest of its text is still in the parser then. */
  leave(): void {
    if (this.#left) return
    this.#left = true
    if (!this.#feeding) this.#rest()
  }

  #rest(): void {
    this.#sink = NOBODY
    this.#parser.reset()
    const idle = IDLE.get(this.#most) ?? []
    IDLE.set(this.#most, idle)
    if (idle.length < MOST_IDLE) idle.push(this)
  }
}
