import type { IncomingHttpHeaders } from 'node:http'
import { constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Exchange } from './exchange.ts'
import { requestHeaders, responseHeaders } from './h2-headers.ts'

/** What carries a stream, and says why it ended when that was no fault of the stream's own. */
export interface Carrier {
  readonly session: ClientHttp2Session
  readonly origin: URL
  /** Why a stream ended with this code. */
  why(code: number): Error
  /** A stream has come to its end. */
  ended(): void
}

/**
 * One exchange on a stream of its own: what undici's controller is to an exchange. To abort it ends the
 * stream alone, not the connection.
 */
export class H2Stream implements Dispatcher.DispatchController {
  aborted = false
  paused = false
  reason: Error | null = null
  /** What fetch takes the headers from. */
  rawHeaders: IncomingHttpHeaders | null = null
  readonly #exchange: Exchange
  readonly #carrier: Carrier
  #stream: ClientHttp2Stream | undefined
  #told = false

  constructor(exchange: Exchange, carrier: Carrier) {
    this.#exchange = exchange
    this.#carrier = carrier
  }

  send(options: Dispatcher.DispatchOptions): void {
    const exchange = this.#exchange
    exchange.onRequestStart(this)
    if (this.aborted) return this.#carrier.ended()
    const { session, origin } = this.#carrier
    const { body = null } = options
    try {
      const endStream = body === null
      this.#follow(session.request(requestHeaders(origin, options), { endStream }))
      if (body !== null) this.#write(body)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
      if (this.#stream === undefined) this.#carrier.ended()
      else this.#stream.close(constants.NGHTTP2_CANCEL)
    }
  }

  abort(reason: Error): void {
    if (this.aborted || this.#told) return
    this.aborted = true
    this.reason = reason
    this.#stream?.close(constants.NGHTTP2_CANCEL)
    this.#fail(reason)
  }

  pause(): void {
    this.paused = true
    this.#stream?.pause()
  }

  resume(): void {
    this.paused = false
    this.#stream?.resume()
  }

  #follow(stream: ClientHttp2Stream): void {
    const exchange = this.#exchange
    this.#stream = stream
    const sink: { trailers: IncomingHttpHeaders } = { trailers: {} }
    stream.on('response', (headers) => {
      if (this.#told) return
      const given = responseHeaders(headers)
      this.rawHeaders = given
      exchange.onResponseStart(this, Number(headers[':status']), given)
    })
    stream.on('trailers', (trailers: IncomingHttpHeaders) => {
      sink.trailers = trailers
    })
    stream.on('data', (chunk: Buffer) => {
      if (!this.#told) exchange.onResponseData(this, chunk)
    })
    stream.on('end', () => {
      // It comes after a stream that was cut off, too.
      if (this.#told || stream.aborted || stream.rstCode !== constants.NGHTTP2_NO_ERROR) return
      if (exchange.firstByteAt === undefined) return
      this.#told = true
      exchange.onResponseEnd(this, sink.trailers)
    })
    stream.on('error', () => {})
    stream.once('close', () => {
      this.#fail(this.#carrier.why(stream.rstCode ?? constants.NGHTTP2_NO_ERROR))
      this.#carrier.ended()
    })
  }

  #write(body: NonNullable<Dispatcher.DispatchOptions['body']>): void {
    const stream = this.#stream as ClientHttp2Stream
    if (typeof body === 'string' || body instanceof Uint8Array) return void stream.end(body)
    const chunks = Readable.from(body as AsyncIterable<Uint8Array>, { objectMode: false })
    chunks.once('error', (error) => this.abort(error))
    stream.once('close', () => chunks.destroy())
    chunks.pipe(stream)
  }

  #fail(error: Error): void {
    if (this.#told) return
    this.#told = true
    this.#exchange.onResponseError(this, error)
  }
}
