import type { Ms } from '../units/units.ts'
import { Ending } from './ending.ts'
import { CallSite } from './error-stack.ts'
import { OperationError } from './operation-error.ts'
import { StreamResult, type StreamEnd } from './stream-result.ts'
import type { TokenSink } from './token-reader.ts'

/** Where a stream comes from. */
export interface StreamSource {
  /** Nobody reads it any more: it is to be closed. */
  leave(): void
  /** The service is asked at `at` to stop it; `undefined`: that failed. */
  stop?(at: Ms | undefined): void
}

/**
 * A stream under way. `await` it for its end, or iterate it for its tokens as they come:
 * `for await (const token of session.stream('hello'))`. It is read and timed at full speed whoever
 * looks; leaving the loop early closes it.
 */
export class TokenStream implements PromiseLike<StreamResult>, AsyncIterable<string>, TokenSink {
  readonly #tokens: string[] = []
  readonly #asides = { reasoning: '', tool: '' }
  readonly #ending = new Ending<StreamResult>()
  readonly #source: StreamSource
  #next: PromiseWithResolvers<void> | undefined
  #onEnded: (() => void) | undefined

  constructor(source: StreamSource) {
    this.#source = source
  }

  /** A stream that can begin only when something else is done: opening its session, say. */
  static later<T>(first: Promise<T>, start: (value: T) => TokenStream): TokenStream {
    let inner: TokenStream | undefined
    let cancelled = false
    const site = new CallSite()
    const outer = new TokenStream({
      leave: () => {
        cancelled = true
        inner?.cancel()
      },
      stop: (at) => inner?.stopping(at),
    })
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
        outer.fail(() => (error instanceof Error ? site.blame(error) : new Error(String(error)))),
      )
    return outer
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await` waits for the end, as for a call
  then<A = StreamResult, B = never>(
    fulfilled?: ((result: StreamResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#ending.promise.then(fulfilled, rejected)
  }

  /** The whole text, once the stream has ended. */
  text(): Promise<string> {
    return this.#ending.promise.then((result) => result.text)
  }

  /** Closes the stream from our side, as aborted. */
  cancel(): void {
    this.#source.leave()
  }

  /** Called by a session that asks the service at `at` to stop it; `undefined`: that failed. */
  stopping(at: Ms | undefined): void {
    this.#source.stop?.(at)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void> {
    try {
      for (let at = 0; ; at++) {
        while (at >= this.#tokens.length && !this.#ending.over) await this.#more()
        if (at >= this.#tokens.length) break
        yield this.#tokens[at] as string
      }
      await this.#ending.promise
    } finally {
      if (!this.#ending.over) this.#source.leave()
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

  /** Tells once that it has ended, however it did. */
  whenEnded(told: () => void): void {
    this.#onEnded = told
  }

  /** Called once, at the end. */
  settle(end: StreamEnd): void {
    this.#ending.fulfil(this.#result(end))
    this.#over()
  }

  /** Called instead when it failed; the error keeps what was measured until then. */
  fail(make: () => Error, end?: StreamEnd): void {
    const failure = (): Error => {
      const error = make()
      if (end !== undefined && error instanceof OperationError) error.keep(this.#result(end))
      return error
    }
    this.#ending.fail(failure, this.#next !== undefined)
    this.#over()
  }

  #over(): void {
    this.#onEnded?.()
    this.#notify()
  }

  #result(end: StreamEnd): StreamResult {
    return new StreamResult(this.#tokens, this.#asides, end)
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
