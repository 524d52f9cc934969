import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server on a free port of loopback; leaving its block closes it and its sockets. */
export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:40123` */
  readonly url: string
  readonly port: number
  /** Connections accepted so far. */
  readonly accepted: number
  /** Connections open now. */
  readonly open: number
  /** Resolves when no connection is open; fails after two seconds. */
  emptied(): Promise<void>
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** A real HTTP server; its listener answers every request. */
export function serve(listener: Listener): Promise<TestServer> {
  return listening(createServer({ keepAliveTimeout: 60_000 }, (...call) => void listener(...call)))
}

/** A raw TCP server, for answers that are broken; `nth` counts its connections from 1. */
export function serveTcp(onConnection: (socket: Socket, nth: number) => void): Promise<TestServer> {
  let nth = 0
  const server = createTcpServer((socket) => {
    onConnection(socket, ++nth)
    // A socket that nobody reads would never notice its end.
    socket.resume()
  })
  return listening(server)
}

/** A raw server that answers each request with these very bytes, then does `after` to the socket. */
export function serveBytes(
  bytes: string,
  after: (socket: Socket) => void = () => {},
): Promise<TestServer> {
  return serveTcp((socket) => {
    socket.on('data', () => socket.write(bytes, () => after(socket)))
  })
}

/** The URL of a port at which nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = await serveTcp(() => {})
  await server[Symbol.asyncDispose]()
  return server.url
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Answers with what was asked: method, URL, headers and body. */
export async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request
  sendJson(response, { method, url, headers, body: await text(request) })
}

/** Answers with server-sent events, `gap` ms before each. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly string[],
  { gap = 0, end = true } = {},
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  for (const event of events) {
    if (gap > 0) await sleep(gap)
    response.write(`data: ${event}\n\n`)
  }
  if (end) response.end()
}

/** Any server, put on a free port. */
export async function listening(
  server: Server,
  scheme: 'http' | 'https' = 'http',
): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted++
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    get accepted() {
      return accepted
    },
    get open() {
      return sockets.size
    },
    emptied: () =>
      until(
        () => sockets.size === 0,
        () => `${sockets.size} sockets are still open`,
      ),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Resolves once something holds; fails after two seconds. */
export async function until(holds: () => boolean, problem: () => string): Promise<void> {
  const giveUp = performance.now() + 2_000
  while (!holds()) {
    if (performance.now() > giveUp) throw new Error(problem())
    await sleep(5)
  }
}
