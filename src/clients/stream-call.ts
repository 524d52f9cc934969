import type { OutcomeKind } from '../metrics/outcome.ts'
import type { StreamTiming } from '../metrics/sample.ts'
import { isExpected, unexpectedStatus, type Operation } from './answer.ts'
import { operationOf, type Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { recordFailure } from './settle.ts'
import { StreamExchange } from './stream-exchange.ts'
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
  const stream = new TokenStream(leave, (at) => exchange.stop(at))
  exchange.onHeaders = ({ status, headers }) =>
    status < 300 && isExpected(status, expect)
      ? new TokenReader(wire ?? recognise(headers), exchange.intendedAt, stream)
      : undefined
  exchange.onSettled = () => {
    if (exchange.status !== 0) caller.cookies.store(exchange.headers, url)
    settle(exchange, operation, call, stream)
  }
  send(caller, call, exchange)
  return stream
}

const NO_TIMES: StreamTiming = { ttft: undefined, ttct: undefined, gaps: [] }

function settle(
  exchange: StreamExchange,
  operation: Operation,
  { expect }: Prepared,
  stream: TokenStream,
): void {
  const { reader, status, intendedAt, firstByteAt, stoppedAt } = exchange
  const timing = timingOf(exchange)
  if (exchange.outcome !== 'ok') {
    return stream.settle(recordFailure(operation, exchange, undefined, timing))
  }
  if (reader === undefined && (expect === undefined || !isExpected(status, expect))) {
    return stream.settle(recordFailure(operation, exchange, unexpectedStatus(status, expect, 300)))
  }
  operation.series.record(exchange, timing)
  const ttfb = firstByteAt === undefined ? undefined : firstByteAt - intendedAt
  const { tokens: counted, chunks: _chunks, ...times } = timing ?? NO_TIMES
  const stopped = stoppedAt !== undefined
  stream.settle({ status, ttfb, ...times, counted, usage: reader?.usage, stopped })
}

/** A stream that was stopped has come to no end of its own. */
function timingOf({
  reader,
  stoppedAt,
  endedAt,
  outcome,
}: StreamExchange): StreamTiming | undefined {
  const timing = reader?.timing()
  if (timing === undefined || stoppedAt === undefined) return timing
  const stopLatency = isGivenUp(outcome) ? undefined : endedAt - stoppedAt
  return { ...timing, ttct: undefined, stopLatency }
}

const isGivenUp = (outcome: OutcomeKind): boolean => outcome === 'aborted' || outcome === 'cutOff'
