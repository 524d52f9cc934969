import { Answer, isExpected, unexpectedStatus, type Operation } from './answer.ts'
import type { Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { WholeExchange } from './exchange.ts'
import { recordFailure } from './settle.ts'

/** A call ready to be sent, and where it is recorded. */
export interface ReadyCall {
  readonly call: Prepared
  readonly operation: Operation
}

/** An exchange that knows what it is for, so that judging it needs no closure. */
class CallExchange extends WholeExchange {
  readonly caller: Caller
  readonly ready: ReadyCall

  constructor(caller: Caller, ready: ReadyCall) {
    super(caller.clock, caller.inFlight, ready.call.timeouts, takeLag(caller))
    this.caller = caller
    this.ready = ready
  }
}

/**
 * Sends a call, reads its whole answer and records it. This is the hot path: a promise with `then`
 * costs less than an async function, and an error made inside has the stack of whoever awaits it.
 */
export function callWhole(caller: Caller, ready: ReadyCall): Promise<Answer> {
  const exchange = new CallExchange(caller, ready)
  ready.operation.series.begins()
  const ended = new Promise<CallExchange>((resolve) => {
    exchange.onSettled = resolve as (exchange: WholeExchange) => void
    send(caller, ready.call, exchange)
  })
  return ended.then(judge)
}

/** @throws OperationError when it failed or came with a status that is not expected */
function judge(exchange: CallExchange): Answer {
  const { call, operation } = exchange.ready
  if (exchange.outcome !== 'ok') throw recordFailure(operation, exchange)
  exchange.caller.cookies.store(exchange.headers, call.url)
  if (!isExpected(exchange.status, call.expect)) {
    const refusal = unexpectedStatus(exchange.status, call.expect)
    throw recordFailure(operation, exchange, { refusal })
  }
  operation.series.record(exchange)
  return new Answer(exchange, operation)
}
