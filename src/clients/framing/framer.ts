import { Frame } from '../wires/frame.ts'
import type { Wire } from '../wires/wire.ts'
import { eventsFor } from './events.ts'
import { LenientEvents } from './lenient-events.ts'
import { Lines } from './lines.ts'

/** Makes frames of text as it comes, cut anywhere. */
export interface Framer {
  feed(text: string): void
  /** No more text comes: what only lacks its end is still a frame. */
  end(): void
  /** Nothing is read with it any more. */
  leave?(): void
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
      return lenient === true ? new LenientEvents(sink, most) : eventsFor(sink, most)
    case 'ndjson':
      return lines(sink, most)
    case 'text':
      return reads(sink)
    default:
      return framing satisfies never
  }
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
