import { StringDecoder } from 'node:string_decoder'

/** A line without an end is cut here, so that a service that writes no newline stays bounded. */
const LONGEST_LINE = 65_536

/**
 * The last of what a service wrote, line by line in the order of arrival, colours kept.
 * Holds about `limit` characters, whatever the service writes.
 */
export class ServiceLog {
  readonly #limit: number
  readonly #onLine: ((line: string) => void) | undefined
  readonly #lines: string[] = []
  readonly #unfinished: { text: string }[] = []
  #size = 0
  #dropped = 0

  /** `onLine` hears of each line that is complete. */
  constructor(limit = 1_000_000, onLine?: (line: string) => void) {
    this.#limit = limit
    this.#onLine = onLine
  }

  /** One for each of stdout and stderr: a line of one is never broken by the other. */
  writer(): (chunk: Buffer) => void {
    const decoder = new StringDecoder('utf8')
    const rest = { text: '' }
    this.#unfinished.push(rest)
    return (chunk) => {
      const lines = (rest.text + decoder.write(chunk)).split(/\r?\n/)
      rest.text = lines.pop() ?? ''
      if (rest.text.length > LONGEST_LINE) {
        lines.push(rest.text)
        rest.text = ''
      }
      this.#append(lines)
    }
  }

  /** How many lines there have been, the dropped ones included. */
  get count(): number {
    return this.#dropped + this.#lines.length
  }

  /** The lines after the first `count`, with what has no newline yet. */
  since(count: number): readonly string[] {
    return [...this.#lines.slice(Math.max(0, count - this.#dropped)), ...this.#partial()]
  }

  /** The last `most` lines. */
  tail(most: number): readonly string[] {
    return [...this.#lines.slice(-most), ...this.#partial()].slice(-most)
  }

  text(): string {
    return this.since(0).join('\n')
  }

  #partial(): readonly string[] {
    return this.#unfinished.map(({ text }) => text).filter((text) => text !== '')
  }

  #append(lines: readonly string[]): void {
    for (const line of lines) {
      this.#lines.push(line)
      this.#onLine?.(line)
      this.#size += line.length + 1
    }
    // A quarter above the limit before anything is dropped: one splice for thousands of lines.
    if (this.#size > this.#limit * 1.25) this.#shrink()
  }

  #shrink(): void {
    let drop = 0
    while (this.#size > this.#limit && drop < this.#lines.length) {
      this.#size -= (this.#lines[drop]?.length ?? 0) + 1
      drop += 1
    }
    this.#lines.splice(0, drop)
    this.#dropped += drop
  }
}
