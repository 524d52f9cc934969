/** Who is told of lines. */
export interface LineSink {
  line(line: string): void
  tooLong(most: number): void
}

/** Text in lines that end with `\n` or `\r\n`, however it is cut. */
export class Lines {
  readonly #sink: LineSink
  readonly #most: number
  /** The start of a line whose end has not come: joined once, or a long line would cost its square. */
  readonly #started: string[] = []
  #length = 0

  constructor(sink: LineSink, most: number) {
    this.#sink = sink
    this.#most = most
  }

  feed(text: string): void {
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      this.#started.push(text.slice(from, end))
      from = end + 1
      this.#take()
    }
    if (from === text.length) return
    this.#started.push(text.slice(from))
    this.#length += text.length - from
    if (this.#length > this.#most) this.#sink.tooLong(this.#most)
  }

  end(): void {
    if (this.#started.length > 0) this.#take()
  }

  #take(): void {
    const line = this.#started.length === 1 ? this.#started[0] : this.#started.join('')
    this.#started.length = 0
    this.#length = 0
    if (line !== undefined) this.#sink.line(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
}
