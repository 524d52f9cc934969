import { isExpected, type Operation } from './answer.ts'
import { operationOf, type Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { CallSite, firstSiteOf } from './error-stack.ts'
import { StreamExchange } from './stream-exchange.ts'
import { settleStream } from './stream-settle.ts'
import { TokenReader } from './token-reader.ts'
import { TokenStream, type StreamSource } from './token-stream.ts'
import { recognise } from './wires/recognise.ts'
import type { Wire } from './wires/wire.ts'

/**
 * Starts a streamed call; it is recorded when it has ended, with the times of its tokens. Without a wire
 * the answer tells how it is written.
 */
export function openStream(caller: Caller, call: Prepared, wire: Wire | undefined): TokenStream {
  const exchange = new StreamCall(caller, call, wire)
  exchange.operation.series.begins()
  send(caller, call, exchange)
  return exchange.stream
}

/**
 * An exchange that knows what it is for, so that it needs no closures: of an object that has an arrow
 * function of its own called, V8 lets the memory go only with a full collection, and a stream holds much.
 */
class StreamCall extends StreamExchange implements StreamSource {
  readonly operation: Operation
  readonly stream: TokenStream
  readonly #caller: Caller
  readonly #call: Prepared
  readonly #wire: Wire | undefined
  readonly #site: CallSite

  constructor(caller: Caller, call: Prepared, wire: Wire | undefined) {
    super(caller.clock, caller.inFlight, call.timeouts, takeLag(caller))
    this.#caller = caller
    this.#call = call
    this.#wire = wire
    this.operation = operationOf(call, caller, caller.recording.current, { streaming: true })
    this.#site = caller.oneOfMany ? firstSiteOf(this.operation.series) : new CallSite()
    this.stream = new TokenStream(this)
  }

  leave(): void {
    this.cut('aborted', new Error('the test left the stream'))
  }

  protected override answered(): TokenReader | undefined {
    const { status, headers, intendedAt, stream, controller } = this
    // The buffers of the headers would be kept as long as the stream.
    if (controller !== undefined) controller.rawHeaders = null
    const isStream = status < 300 && isExpected(status, this.#call.expect)
    return isStream
      ? new TokenReader(this.#wire ?? recognise(headers), intendedAt, stream)
      : undefined
  }

  protected override settled(): void {
    const { operation, stream } = this
    if (this.status !== 0) this.#caller.cookies.store(this.headers, this.#call.url)
    settleStream(this, { operation, call: this.#call, stream, site: this.#site })
    this.reader?.leave()
  }
}
