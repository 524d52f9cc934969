import { describe, isExpected, operationError, unexpectedStatus, type Operation } from './answer.ts'
import { seriesOf, type Prepared } from './call.ts'
import type { Caller } from './caller.ts'
import { toDispatch } from './dispatch.ts'
import { StreamExchange } from './stream-exchange.ts'
import { TokenReader } from './token-reader.ts'
import { TokenStream } from './token-stream.ts'
import type { Wire } from './wires/wire.ts'

/** Starts a streamed call; it is recorded when it has ended, with the times of its tokens. */
export function openStream(caller: Caller, call: Prepared, wire: Wire): TokenStream {
  const recorder = caller.recording.current
  const series = seriesOf(recorder, caller, call.name, { streaming: true })
  const operation: Operation = { method: call.method, url: call.url, name: series.name, series, recorder }
  const exchange = new StreamExchange(caller.clock, caller.inFlight, call.timeouts)
  const stream = new TokenStream(() => exchange.cut('aborted', new Error('the test left the stream')))
  exchange.onHeaders = ({ status }) =>
    isExpected(status, call.expect) && status < 300
      ? new TokenReader(wire, exchange.startedAt, stream)
      : undefined
  exchange.onSettled = () => settle(exchange, operation, call, stream, caller)
  exchange.begin()
  if (!exchange.ended) {
    caller.connections.send(call.origin, toDispatch(caller, call), exchange)
  }
  return stream
}

function settle(exchange: StreamExchange, operation: Operation, call: Prepared, stream: TokenStream, caller: Caller): void {
  if (exchange.status !== 0) caller.cookies.store(exchange.headers, call.url)
  const timing = exchange.reader?.timing()
  const refused = exchange.outcome === 'ok' && exchange.reader === undefined && !isExpected(exchange.status, call.expect)
  if (refused) exchange.outcome = 'status'
  operation.series.record(exchange, timing)
  if (exchange.outcome === 'ok') {
    const ttfb = exchange.firstByteAt === undefined ? undefined : exchange.firstByteAt - exchange.startedAt
    const { ttft, ttct, gaps } = timing ?? { ttft: undefined, ttct: undefined, gaps: [] }
    stream.settle({ status: exchange.status, ttfb, ttft, ttct, gaps })
    return
  }
  caller.tally.failed++
  const kind = exchange.outcome
  const reason = refused ? unexpectedStatus(exchange.status, call.expect) : undefined
  const error = operationError(operation, exchange, kind, reason)
  if (kind !== 'aborted') {
    operation.recorder.failure(operation.name, kind, error.reason, exchange.endedAt, () => describe(error))
  }
  stream.settle(error)
}
