import type { OutcomeKind } from '../metrics/outcome.ts'
import type { StreamTiming } from '../metrics/sample.ts'
import { isExpected, unexpectedStatus, type Expectation, type Operation } from './answer.ts'
import { operationOf, type Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { CallSite } from './error-stack.ts'
import { recordFailure } from './settle.ts'
import { StreamExchange } from './stream-exchange.ts'
import { TokenReader } from './token-reader.ts'
import { TokenStream, type StreamEnd } from './token-stream.ts'
import { recognise } from './wires/recognise.ts'
import type { Wire } from './wires/wire.ts'

/** What a stream is settled with. */
interface Parts {
  readonly operation: Operation
  readonly call: Prepared
  readonly stream: TokenStream
  readonly site: CallSite
}

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
  const site = new CallSite()
  const stream = new TokenStream(leave, (at) => exchange.stop(at))
  exchange.onHeaders = ({ status, headers }) =>
    status < 300 && isExpected(status, expect)
      ? new TokenReader(wire ?? recognise(headers), exchange.intendedAt, stream)
      : undefined
  exchange.onSettled = () => {
    if (exchange.status !== 0) caller.cookies.store(exchange.headers, url)
    settle(exchange, { operation, call, stream, site })
  }
  send(caller, call, exchange)
  return stream
}

const NO_TIMES: StreamTiming = { ttft: undefined, ttct: undefined, gaps: [] }

function settle(exchange: StreamExchange, { operation, call, stream, site }: Parts): void {
  const { reader, status, outcome } = exchange
  const timing = timingOf(exchange)
  const end = endOf(exchange, timing)
  const answered = reader !== undefined || isAwaited(status, call.expect)
  if (outcome !== 'ok' || !answered) {
    const refusal = outcome === 'ok' ? unexpectedStatus(status, call.expect, 300) : undefined
    return stream.fail(recordFailure(operation, exchange, { refusal, timing, site }), end)
  }
  operation.series.record(exchange, timing)
  stream.settle(end)
}

/** An answer without a stream is fine only when the test says so. */
const isAwaited = (status: number, expect: Expectation): boolean =>
  expect !== undefined && isExpected(status, expect)

function endOf(exchange: StreamExchange, timing: StreamTiming = NO_TIMES): StreamEnd {
  const { reader, status, intendedAt, firstByteAt, stoppedAt } = exchange
  const ttfb = firstByteAt === undefined ? undefined : firstByteAt - intendedAt
  const { tokens: counted, chunks: _chunks, ...times } = timing
  const stopped = stoppedAt !== undefined
  return { status, ttfb, ...times, counted, usage: reader?.usage, stopped }
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
