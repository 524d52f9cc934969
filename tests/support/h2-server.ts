import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { listening, type TestServer } from './servers.ts'
import { withCertificate } from './tls-server.ts'

type StreamListener = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => unknown

/** A server of HTTP/2 over TLS, and its connections. */
export interface H2Server extends TestServer {
  readonly sessions: readonly ServerHttp2Session[]
}

/** A real HTTP/2 server; its listener answers every stream. */
export async function serveH2(
  listener: StreamListener,
  options: SecureServerOptions = {},
): Promise<H2Server> {
  const server: Http2SecureServer = createSecureServer({
    ...withCertificate('service'),
    ...options,
  })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => {
    sessions.push(session)
    session.on('error', () => {})
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    void listener(stream, headers)
  })
  // TLS servers are servers of TCP, which the types of node:http2 say, too.
  const listens = await listening(server, 'https')
  return Object.defineProperty(listens, 'sessions', { value: sessions }) as H2Server
}

/** Answers with JSON. */
export function respondJson(stream: ServerHttp2Stream, body: unknown, status = 200): void {
  stream.respond({ ':status': status, 'content-type': 'application/json' })
  stream.end(JSON.stringify(body))
}
