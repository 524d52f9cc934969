import type { StreamTiming, TokenCount, Usage } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'

/**
 * The times of one stream's tokens. A read that carries several is one arrival: the gaps are between reads
 * that carried at least one.
 */
export class TokenTimes {
  /** Events that carried a token. */
  chunks = 0

  readonly #startedAt: Ms
  readonly #gaps: Ms[] = []
  readonly #perRead: number[] = []
  #firstAt: Ms | undefined
  #firstTextAt: Ms | undefined
  /** NaN before the first. A number from the start, or each write would make a new object. */
  #lastReadAt: Ms = Number.NaN
  #doneAt: Ms | undefined
  #usage: Usage | undefined
  #parsed = 0

  constructor(startedAt: Ms) {
    this.#startedAt = startedAt
  }

  /** An event with a token came at `at`; `visible` when there was text to read in it. */
  token(at: Ms, visible: boolean): void {
    this.chunks++
    this.#firstAt ??= at
    if (visible) this.#firstTextAt ??= at
  }

  /** The read that came at `at` is over; so many events of it carried a token. */
  read(at: Ms, chunks: number): void {
    if (chunks === 0) return
    const perRead = this.#perRead
    // A read may hold several chunks of the body.
    if (at === this.#lastReadAt) {
      perRead[perRead.length - 1] = (perRead.at(-1) as number) + chunks
      return
    }
    if (perRead.length > 0) this.#gaps.push(at - this.#lastReadAt)
    perRead.push(chunks)
    this.#lastReadAt = at
  }

  /** The service says what it counted; what it says later holds. */
  counted(usage: Usage): void {
    const { input, output, reasoning } = this.#usage ?? {}
    this.#usage = {
      input: usage.input ?? input,
      output: usage.output ?? output,
      reasoning: usage.reasoning ?? reasoning,
    }
  }

  /** A parser of the suite's own counted so many more. */
  parsed(tokens: number): void {
    this.#parsed += tokens
  }

  done(at: Ms): void {
    this.#doneAt = at
  }

  /** When the last read with a token came. */
  get lastAt(): Ms | undefined {
    return this.chunks === 0 ? undefined : this.#lastReadAt
  }

  /** No token came, and nobody counted any. */
  get empty(): boolean {
    return this.chunks === 0 && (this.tokens?.count ?? 0) === 0
  }

  /** How many tokens came, by the best that is known: the service, a parser, or the events with a token. */
  get tokens(): TokenCount | undefined {
    const said = this.#usage?.output
    if (said !== undefined) return { count: said, source: 'usage' }
    if (this.#parsed > 0) return { count: this.#parsed, source: 'parser' }
    return this.chunks === 0 ? undefined : { count: this.chunks, source: 'chunks' }
  }

  get usage(): Usage | undefined {
    return this.#usage
  }

  /** The times so far, from the start of the call. */
  timing(): StreamTiming {
    const { tokens } = this
    return {
      ttft: this.#since(this.#firstAt),
      ttfo: this.#since(this.#firstTextAt),
      ttct: this.#since(this.#doneAt),
      gaps: this.#gaps,
      tpot: this.#perToken(tokens),
      tokens,
      chunks: this.#perRead,
    }
  }

  /** `(tLast − tFirst) / (tokens − 1)`; of a single token there is none. */
  #perToken(tokens: TokenCount | undefined): Ms | undefined {
    if (tokens === undefined || tokens.count < 2 || this.#firstAt === undefined) return undefined
    return (this.#lastReadAt - this.#firstAt) / (tokens.count - 1)
  }

  #since(stamp: Ms | undefined): Ms | undefined {
    return stamp === undefined ? undefined : stamp - this.#startedAt
  }
}
