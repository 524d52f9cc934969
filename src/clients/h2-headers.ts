import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'
import type { Dispatcher } from 'undici'
import type { ResponseHeaders } from './exchange.ts'

/** Of a connection in HTTP/1.1, and forbidden here: RFC 9113 section 8.2.2. `host` is the authority. */
const OF_CONNECTIONS = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
])

/** The headers of a request, with those that say where it goes. */
export function requestHeaders(
  origin: URL,
  { method, path, headers, body }: Dispatcher.DispatchOptions,
): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {
    ':method': method,
    ':scheme': origin.protocol.slice(0, -1),
    ':authority': origin.host,
    ':path': path,
  }
  if (typeof body === 'string' || body instanceof Uint8Array) {
    sent['content-length'] = Buffer.byteLength(body)
  }
  for (const [name, value] of Object.entries((headers ?? {}) as OutgoingHttpHeaders)) {
    const lower = name.toLowerCase()
    if (!OF_CONNECTIONS.has(lower)) sent[lower] = value
  }
  return sent
}

/** The headers of an answer without those that HTTP/2 adds. */
export const responseHeaders = (headers: IncomingHttpHeaders): ResponseHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
