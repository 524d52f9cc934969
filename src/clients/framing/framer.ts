import { createParser } from 'eventsource-parser'
import { Frame } from '../wires/frame.ts'
import type { Wire } from '../wires/wire.ts'
import { LenientEvents } from './lenient-events.ts'
import { Lines } from './lines.ts'

/** Makes frames of text as it comes, cut anywhere. */
export interface Framer {
  feed(text: string): void
  /** No more text comes: what only lacks its end is still a frame. */
  end(): void
}

/** Who is told of frames. */
export interface FrameSink {
  frame(frame: Frame): void
  /** An event is longer than any that is meant to be read; nothing comes after it. */
  tooLong(most: number): void
  /** The service asks for so many milliseconds before it is connected to again. */
  retry?(delay: number): void
}

/** The longest event or line that is put together from several reads: 16 Mi characters. */
export const MOST_CHARACTERS = 16 * 2 ** 20

export function framerOf(
  { framing, lenient }: Pick<Wire, 'framing' | 'lenient'>,
  sink: FrameSink,
  most = MOST_CHARACTERS,
): Framer {
  switch (framing) {
    case 'sse':
      return lenient === true ? new LenientEvents(sink, most) : events(sink, most)
    case 'ndjson':
      return lines(sink, most)
    case 'text':
      return reads(sink)
    default:
      return framing satisfies never
  }
}

/** Server-sent events by the specification. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
function events(sink: FrameSink, most: number): Framer {
  const parser = createParser({
    maxBufferSize: most,
    onEvent: ({ data, event, id }) => sink.frame(new Frame(data, event, id)),
    onRetry: (delay) => sink.retry?.(delay),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') sink.tooLong(most)
    },
  })
  return { feed: (text) => parser.feed(text), end: () => parser.feed('\n\n') }
}

/** One value a line; empty lines, which some send to keep the connection, are none. */
const lines = (sink: FrameSink, most: number): Framer =>
  new Lines(
    {
      line: (line) => {
        if (line.trim() !== '') sink.frame(new Frame(line))
      },
      tooLong: (limit) => sink.tooLong(limit),
    },
    most,
  )

/** Each read is a frame. */
const reads = (sink: FrameSink): Framer => ({
  feed: (text) => {
    if (text !== '') sink.frame(new Frame(text))
  },
  end: () => {},
})
