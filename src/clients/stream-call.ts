import { isExpected } from './answer.ts'
import { operationOf, type Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { CallSite, firstSiteOf } from './error-stack.ts'
import { StreamExchange } from './stream-exchange.ts'
import { settleStream } from './stream-settle.ts'
import { TokenReader } from './token-reader.ts'
import { TokenStream } from './token-stream.ts'
import { recognise } from './wires/recognise.ts'
import type { Wire } from './wires/wire.ts'

/**
 * Starts a streamed call; it is recorded when it has ended, with the times of its tokens. Without a wire
 * the answer tells how it is written.
 */
export function openStream(caller: Caller, call: Prepared, wire: Wire | undefined): TokenStream {
  const { url, expect } = call
  const operation = operationOf(call, caller, caller.recording.current, { streaming: true })
  const exchange = new StreamExchange(caller.clock, caller.inFlight, call.timeouts, takeLag(caller))
  operation.series.begins()
  const leave = (): void => exchange.cut('aborted', new Error('the test left the stream'))
  const site = caller.oneOfMany ? firstSiteOf(operation.series) : new CallSite()
  const stream = new TokenStream(leave, (at) => exchange.stop(at))
  exchange.onHeaders = ({ status, headers }) =>
    status < 300 && isExpected(status, expect)
      ? new TokenReader(wire ?? recognise(headers), exchange.intendedAt, stream)
      : undefined
  exchange.onSettled = () => {
    if (exchange.status !== 0) caller.cookies.store(exchange.headers, url)
    settleStream(exchange, { operation, call, stream, site })
  }
  send(caller, call, exchange)
  return stream
}
