import { redact } from '../clients/redact.ts'
import { cleanText } from '../report/clean-text.ts'

/** What a service writes, line by line; see `ServiceLog`. */
export interface LineLog {
  /** How many lines there have been. */
  readonly count: number
  /** The lines after the first `count`, and what has no end yet. */
  since(count: number): readonly string[]
}

interface Source {
  readonly name: string
  readonly log: LineLog
}

/** More are in the log of the service itself. */
const MOST_LINES = 2_000

/** The last lines of all services, as anybody may read them: without colours and without secrets. */
export class LogLines {
  readonly #sources: () => readonly Source[]
  readonly #read = new WeakMap<LineLog, number>()
  readonly #lines: string[] = []
  #count = 0

  constructor(sources: () => readonly Source[]) {
    this.#sources = sources
  }

  tail(most: number): readonly string[] {
    this.#look()
    return most <= 0 ? [] : this.#lines.slice(-most)
  }

  /** The lines after the first `count`, as far as they are still there, and how many there are by now. */
  since(count: number): { readonly count: number; readonly lines: readonly string[] } {
    this.#look()
    const dropped = this.#count - this.#lines.length
    return { count: this.#count, lines: this.#lines.slice(Math.max(0, count - dropped)) }
  }

  #look(): void {
    const sources = this.#sources()
    for (const { name, log } of sources) {
      const from = this.#read.get(log) ?? 0
      const { count } = log
      this.#read.set(log, count)
      if (count === from) continue
      // What has no end yet comes last. Of very many lines some are gone before anybody looks.
      const all = log.since(from)
      const whole = all.slice(0, Math.min(all.length, count - from)).slice(-MOST_LINES)
      const prefix = sources.length > 1 ? `${name}  ` : ''
      for (const line of whole) this.#lines.push(cleanText(`${prefix}${redact(line)}`))
      this.#count += whole.length
    }
    this.#lines.splice(0, this.#lines.length - MOST_LINES)
  }
}
