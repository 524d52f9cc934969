import type { TokenCount, Usage } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import { CallSite } from './error-stack.ts'
import { OperationError } from './operation-error.ts'
import type { TokenSink } from './token-reader.ts'

/** A stream that came to its proper end. */
export interface StreamResult {
  /** All text to read together. */
  readonly text: string
  /** That text as it came. */
  readonly tokens: readonly string[]
  /** What a reasoning model thought aloud, and arguments of tools; empty when there was none. */
  readonly reasoning: string
  readonly tool: string
  /** How many tokens came, reasoning and tools included, and who counted them. */
  readonly counted: TokenCount | undefined
  /** What the service says it counted. */
  readonly usage: Usage | undefined
  readonly status: number
  /**
   * From the call to the headers, to the first token, to the first text to read, to the end marker.
   */
  readonly ttfb: Ms | undefined
  readonly ttft: Ms | undefined
  readonly ttfo: Ms | undefined
  readonly ttct: Ms | undefined
  /** Time per output token: from the first to the last one, by the number of those behind the first. */
  readonly tpot: Ms | undefined
  /** Between two reads that each carried a token. */
  readonly gaps: readonly Ms[]
  /** The test had it stopped (`session.stop()`), which is no failure; it has no `ttct` then. */
  readonly stopped: boolean
  /** From there to its end. */
  readonly stopLatency: Ms | undefined
  /** How often it was lost and came back. */
  readonly reconnects: number
  /** Iterating a finished stream gives its tokens again. */
  [Symbol.iterator](): IterableIterator<string>
}

type Measured = Omit<StreamResult, 'text' | 'tokens' | typeof Symbol.iterator>

/** What a stream measured, told at its end. */
export type StreamEnd = Pick<Measured, 'status' | 'ttfb' | 'ttft' | 'ttct' | 'gaps'> &
  Partial<Measured>

/** What only some streams tell. */
const UNKNOWN = {
  counted: undefined,
  usage: undefined,
  ttfo: undefined,
  tpot: undefined,
  stopped: false,
  reconnects: 0,
  stopLatency: undefined,
}

/**
 * A stream under way. `await` it for its end, or iterate it for its tokens as they come:
 * `for await (const token of session.stream('hello'))`. It is read and timed at full speed whoever
 * looks; leaving the loop early closes it.
 */
export class TokenStream implements PromiseLike<StreamResult>, AsyncIterable<string>, TokenSink {
  readonly #tokens: string[] = []
  readonly #asides = { reasoning: '', tool: '' }
  readonly #end = Promise.withResolvers<StreamResult>()
  readonly #cancel: () => void
  readonly #stopping: (at: Ms | undefined) => void
  #next: PromiseWithResolvers<void> | undefined
  #ended = false

  constructor(cancel: () => void, stopping: (at: Ms | undefined) => void = () => {}) {
    this.#cancel = cancel
    this.#stopping = stopping
    this.#end.promise.catch(() => {})
  }

  /** A stream that can begin only when something else is done: opening its session, say. */
  static later<T>(first: Promise<T>, start: (value: T) => TokenStream): TokenStream {
    let inner: TokenStream | undefined
    let cancelled = false
    const cancel = (): void => {
      cancelled = true
      inner?.cancel()
    }
    const site = new CallSite()
    const outer = new TokenStream(cancel, (at) => inner?.stopping(at))
    void first
      .then(async (value) => {
        const stream = start(value)
        inner = stream
        if (cancelled) stream.cancel()
        for await (const token of stream) outer.token(token)
        const { text: _text, tokens: _tokens, ...end } = await stream
        outer.settle(end)
      })
      .catch((error: unknown) =>
        outer.fail(error instanceof Error ? site.blame(error) : new Error(String(error))),
      )
    return outer
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await` waits for the end, as for a call
  then<A = StreamResult, B = never>(
    fulfilled?: ((result: StreamResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#end.promise.then(fulfilled, rejected)
  }

  /** The whole text, once the stream has ended. */
  text(): Promise<string> {
    return this.#end.promise.then((result) => result.text)
  }

  /** Closes the stream from our side; it counts as aborted. */
  cancel(): void {
    this.#cancel()
  }

  /** Called by a session that asks the service at `at` to stop it; `undefined`: that failed. */
  stopping(at: Ms | undefined): void {
    this.#stopping(at)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void> {
    try {
      for (let at = 0; ; at++) {
        while (at >= this.#tokens.length && !this.#ended) await this.#more()
        if (at >= this.#tokens.length) break
        yield this.#tokens[at] as string
      }
      await this.#end.promise
    } finally {
      if (!this.#ended) this.#cancel()
    }
  }

  /** Called by the reader. */
  token(text: string): void {
    this.#tokens.push(text)
    this.#notify()
  }

  /** Called by the reader, for what is no text to read. */
  aside(kind: 'reasoning' | 'tool', text: string): void {
    this.#asides[kind] += text
  }

  /** Called once, at the end. */
  settle(end: StreamEnd): void {
    this.#ended = true
    this.#end.resolve(this.#result(end))
    this.#notify()
  }

  /** Called instead when it failed; the error keeps what was measured until then. */
  fail(error: Error, end?: StreamEnd): void {
    this.#ended = true
    if (end !== undefined && error instanceof OperationError) error.keep(this.#result(end))
    this.#end.reject(error)
    this.#notify()
  }

  #result(end: StreamEnd): StreamResult {
    const tokens = this.#tokens
    return {
      ...UNKNOWN,
      ...this.#asides,
      ...end,
      tokens,
      get text() {
        return tokens.join('')
      },
      [Symbol.iterator]: () => tokens.values(),
    }
  }

  /** Several may read the same stream, so all of them wait for one promise. */
  #more(): Promise<void> {
    this.#next ??= Promise.withResolvers<void>()
    return this.#next.promise
  }

  #notify(): void {
    this.#next?.resolve()
    this.#next = undefined
  }
}
