import type { OutcomeKind } from '../metrics/outcome.ts'
import type { StreamTiming } from '../metrics/sample.ts'
import { isExpected, unexpectedStatus, type Expectation, type Operation } from './answer.ts'
import type { Prepared } from './call.ts'
import type { CallSite } from './error-stack.ts'
import { recordFailed, spanning } from './settle.ts'
import type { StreamExchange } from './stream-exchange.ts'
import type { TokenReader } from './token-reader.ts'
import type { StreamEnd } from './stream-result.ts'
import type { TokenStream } from './token-stream.ts'

/** What a stream is settled with. */
export interface StreamParts {
  readonly operation: Operation
  readonly call: Prepared
  readonly stream: TokenStream
  readonly site: CallSite
}

/** Of a stream that was connected again: the exchange that it began with, its reader, how often that was. */
interface Before {
  readonly first: StreamExchange
  readonly reader: TokenReader | undefined
  readonly reconnects: number
}

const NO_TIMES: StreamTiming = { ttft: undefined, ttct: undefined, gaps: [] }

/** Records a stream whose exchange has ended, and tells whoever waits for it. */
export function settleStream(
  exchange: StreamExchange,
  { operation, call, stream, site }: StreamParts,
  before: Before = { first: exchange, reader: exchange.reader, reconnects: 0 },
): void {
  const { status, outcome } = exchange
  const { first } = before
  const timing = timingOf(exchange, before)
  const end = endOf(exchange, before, timing)
  const answered = exchange.reader !== undefined || isAwaited(status, call.expect)
  if (outcome !== 'ok' || !answered) {
    const refusal = outcome === 'ok' ? unexpectedStatus(status, call.expect, 300) : undefined
    return stream.fail(recordFailed(operation, exchange, { refusal, timing, site, first }), end)
  }
  operation.series.record(spanning(first, exchange), timing)
  stream.settle(end)
}

/** An answer without a stream is fine only when the test says so. */
const isAwaited = (status: number, expect: Expectation): boolean =>
  expect !== undefined && isExpected(status, expect)

function endOf(
  { status, stoppedAt }: StreamExchange,
  { first: { intendedAt, firstByteAt }, reader, reconnects }: Before,
  timing: StreamTiming = NO_TIMES,
): StreamEnd {
  const ttfb = firstByteAt === undefined ? undefined : firstByteAt - intendedAt
  const { ttft, ttfo, ttct, tpot, gaps, stopLatency, tokens: counted } = timing
  const times = { ttfb, ttft, ttfo, ttct, tpot, gaps, stopLatency }
  const stopped = stoppedAt !== undefined
  return { status, ...times, counted, usage: reader?.usage, stopped, reconnects }
}

/** A stream that was stopped has come to no end of its own. */
function timingOf(
  { stoppedAt, endedAt, outcome }: StreamExchange,
  { reader }: Before,
): StreamTiming | undefined {
  const timing = reader?.timing()
  if (timing === undefined || stoppedAt === undefined) return timing
  const stopLatency = isGivenUp(outcome) ? undefined : endedAt - stoppedAt
  return { ...timing, ttct: undefined, stopLatency }
}

const isGivenUp = (outcome: OutcomeKind): boolean => outcome === 'aborted' || outcome === 'cutOff'
