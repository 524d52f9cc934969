import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { applyDelta } from '../../src/live/delta.ts'
import type { ServerEvents } from '../../src/live/events.ts'
import type { LivePage } from '../../src/live/live-page.ts'
import { asked, type Address } from './live-dashboard.ts'

/** What one browser was told so far. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  readonly #parser = createParser({ onEvent: (event) => this.#take(event) })
  readonly names: string[] = []
  page: LivePage | undefined
  bye: string | undefined

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
  }

  static async of(served: Address): Promise<EventReader> {
    const response = await asked(served, '/events')
    if (response.body === null) throw new Error('no body')
    return new EventReader(response.body)
  }

  /** Reads until the page is so, or until the end. */
  async until(holds: (page: LivePage) => boolean): Promise<LivePage> {
    while (this.page === undefined || !holds(this.page)) {
      const { done, value } = await this.#reader.read()
      if (done) throw new Error('the events ended before')
      this.#feed(value)
    }
    return this.page
  }

  async toEnd(): Promise<void> {
    for (let read = await this.#reader.read(); !read.done; read = await this.#reader.read())
      this.#feed(read.value)
  }

  stop(): Promise<void> {
    return this.#reader.cancel()
  }

  #feed(bytes: Uint8Array): void {
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }))
  }

  #take({ event = '', data }: EventSourceMessage): void {
    this.names.push(event)
    const value: unknown = JSON.parse(data)
    if (event === 'page') this.page = value as LivePage
    if (event === 'delta')
      this.page = applyDelta(this.page, value as ServerEvents['delta']) as LivePage
    if (event === 'bye') this.bye = (value as ServerEvents['bye']).reason
  }
}
