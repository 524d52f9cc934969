import type { Dispatcher } from 'undici'
import { WholeExchange, type ResponseHeaders } from './exchange.ts'
import type { TokenReader } from './token-reader.ts'

/** Bytes of a body that is no stream (an error page) kept for the error message. */
const KEPT = 4_096

/**
 * An exchange whose body is read as a stream of tokens. It ends at the end marker, even when the
 * service holds the connection open after it; a close before that is `truncated`. A status that is not expected makes it
 * an ordinary exchange, whose body goes into the error.
 */
export class StreamExchange extends WholeExchange {
  override streaming = true
  reader: TokenReader | undefined = undefined
  /** Makes the reader once the headers say that a stream comes; `undefined` for an error page. */
  onHeaders: ((exchange: StreamExchange) => TokenReader | undefined) | undefined = undefined
  #kept = 0

  override onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    super.onResponseStart(controller, status, headers)
    if (status >= 200) this.reader = this.onHeaders?.(this)
  }

  override onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { reader } = this
    if (reader === undefined) {
      if (this.#kept < KEPT) this.chunks.push(chunk)
      this.#kept += chunk.length
      return
    }
    reader.push(chunk, this.clock.now())
    if (reader.done) this.finish('ok')
    else if (reader.error !== undefined) this.cut('streamError', new Error(reader.error))
  }

  override onResponseEnd(controller: Dispatcher.DispatchController, trailers: ResponseHeaders): void {
    const { reader } = this
    if (reader === undefined) return super.onResponseEnd(controller, trailers)
    reader.end(this.clock.now())
    if (reader.error !== undefined) return this.cut('streamError', new Error(reader.error))
    if (reader.done) return super.onResponseEnd(controller, trailers)
    this.error = new Error('it ended without its end marker')
    this.finish('truncated')
    this.release()
  }
}
