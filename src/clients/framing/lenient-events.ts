import { Frame } from '../wires/frame.ts'
import type { FrameSink } from './framer.ts'
import { Lines } from './lines.ts'

/**
 * Server-sent events of services that put no blank line between them: each `data:` line is an event of
 * its own. A name (`event:`) holds for the data behind it, until a blank line.
 */
export class LenientEvents {
  readonly #sink: FrameSink
  readonly #lines: Lines
  #event: string | undefined

  constructor(sink: FrameSink, most: number) {
    this.#sink = sink
    const tooLong = (limit: number): void => sink.tooLong(limit)
    this.#lines = new Lines({ line: (line) => this.#line(line), tooLong }, most)
  }

  feed(text: string): void {
    this.#lines.feed(text)
  }

  end(): void {
    this.#lines.end()
  }

  #line(line: string): void {
    if (line === '') this.#event = undefined
    const colon = line.indexOf(':')
    const value = line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    const name = line.slice(0, colon)
    if (name === 'data') this.#sink.frame(new Frame(value, this.#event))
    else if (name === 'event') this.#event = value === '' ? undefined : value
  }
}
