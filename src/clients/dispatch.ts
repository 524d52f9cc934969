import type { Dispatcher } from 'undici'
import type { Prepared } from './call.ts'
import type { Caller } from './caller.ts'
import type { Exchange } from './exchange.ts'
import { KNOWN_SECRETS } from './hidden.ts'
import { identified } from './identity.ts'
import { learnFromCall } from './learn-secrets.ts'

/**
 * Sends a prepared call with the caller's cookies; its exchange tells how it ended.
 * @throws UsageError when the caller's connections are closed
 */
export function send(caller: Caller, call: Prepared, exchange: Exchange): void {
  dispatch(caller, call.origin, toDispatch(caller, call), exchange)
}

/** Sends something as undici takes it, under the caller's deadlines. @throws UsageError as `send` */
export function dispatch(
  caller: Caller,
  origin: string,
  options: Dispatcher.DispatchOptions,
  exchange: Exchange,
): void {
  exchange.begin()
  if (exchange.ended) return
  if (KNOWN_SECRETS.curious) learnFromCall(origin, options)
  try {
    const sent = caller.log?.follow(origin, options, exchange) ?? options
    caller.connections.send(origin, sent, exchange)
  } catch (error) {
    caller.inFlight.delete(exchange)
    throw error
  }
}

function toDispatch(caller: Caller, call: Prepared): Dispatcher.DispatchOptions {
  const headers = identified(caller, call.url, call.headers)
  return headers === call.headers ? call : { ...call, headers }
}
