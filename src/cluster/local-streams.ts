import type { Reply } from './local-wire.ts'
import type { Entry } from './rendezvous.ts'

interface Stream {
  readonly entries: Entry[]
  readonly readers: Reply[]
}

/** Streams that generators append to, kept as long as they meet. */
export class LocalStreams {
  readonly #streams = new Map<string, Stream>()

  append(name: string, entry: Entry): void {
    const { entries, readers } = this.#of(name)
    entries.push(entry)
    for (const reply of readers) reply({ entry })
  }

  /** All there are and all to come, until the reader's connection ends. */
  read(name: string, reply: Reply): void {
    const { entries, readers } = this.#of(name)
    for (const entry of entries) reply({ entry })
    readers.push(reply)
  }

  #of(name: string): Stream {
    const known = this.#streams.get(name)
    if (known !== undefined) return known
    const stream: Stream = { entries: [], readers: [] }
    this.#streams.set(name, stream)
    return stream
  }
}
