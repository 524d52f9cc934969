import { WebSocket } from 'ws'
import { UsageError } from '../errors/usage-error.ts'
import type { Caller } from './caller.ts'
import type { ResponseHeaders } from './exchange.ts'
import { identified } from './identity.ts'
import { learnFromHeaders, learnFromUrl } from './learn-secrets.ts'
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
 * Sends the request for an upgrade, with what tells who the caller is.
 * @throws UsageError for headers or subprotocols that cannot be sent
 */
export function handshake(caller: Caller, target: Target): WebSocket {
  const headers = identified(caller, asHttp(target.url), target.headers)
  learnFromUrl(target.url)
  learnFromHeaders(headers)
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

const asHttp = (url: string): string => url.replace(/^ws/, 'http')
