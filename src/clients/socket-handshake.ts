import { WebSocket } from 'ws'
import { UsageError } from '../errors/usage-error.ts'
import type { Caller } from './caller.ts'
import type { ResponseHeaders } from './exchange.ts'
import { GOODBYE } from './socket-connection.ts'
import { MOST_KEPT_BYTES } from './socket-inbox.ts'
import type { Target } from './socket-target.ts'

/** Deadlines are our own. */
const OPTIONS = {
  maxPayload: MOST_KEPT_BYTES,
  closeTimeout: GOODBYE,
  followRedirects: false,
}

/**
 * Sends the request for an upgrade, the caller's cookies added.
 * @throws UsageError for headers or subprotocols that cannot be sent
 */
export function handshake(caller: Caller, target: Target): WebSocket {
  const headers = withCookies(caller, target)
  try {
    return new WebSocket(target.url, target.protocols, {
      ...OPTIONS,
      headers,
      ...(target.url.startsWith('wss:') && caller.transport.tls),
      perMessageDeflate: target.compress,
    })
  } catch (error) {
    throw UsageError.saying(
      'ws.connect',
      `ws.connect: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** Keeps the cookies that the answer to a handshake sets. */
export function keepCookies({ cookies }: Caller, { url }: Target, headers: ResponseHeaders): void {
  cookies.store(headers, asHttp(url))
}

function withCookies(caller: Caller, { url, headers }: Target): Readonly<Record<string, string>> {
  const cookie = caller.cookies.header(asHttp(url))
  if (cookie === undefined) return headers
  return {
    ...headers,
    cookie: headers.cookie === undefined ? cookie : `${headers.cookie}; ${cookie}`,
  }
}

const asHttp = (url: string): string => url.replace(/^ws/, 'http')
