import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { dashboardApp, type AppOptions, type Watched } from './app.ts'
import type { Ms } from '../units/units.ts'
import { isLoopback } from './guard.ts'
import { makeToken } from './token.ts'

export interface ServeOptions extends Pick<AppOptions, 'html' | 'times' | 'most'> {
  /** Default: `127.0.0.1`. */
  readonly host?: string | undefined
  /** The next free one is taken when it is not. Default: 8089. */
  readonly port?: number | undefined
  /** Default: a new one. */
  readonly token?: string | undefined
}

/** A dashboard that is served. */
export interface Served {
  /** With the token: `http://127.0.0.1:8089/#token=…` */
  readonly address: string
  readonly token: string
  readonly port: number
  /** What whoever started it should know: that its port was taken, or that others can reach it. */
  readonly notes: readonly string[]
  /** Tells all who watch why, and ends. Without a reason they try to come again. */
  close(reason: string | undefined): Promise<void>
}

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 8089
/** Ports that are tried one after the other; then any. */
const TRIED = 20
/** Of those who watch, with those who only ask now and then; more are turned away. */
const MOST_CONNECTIONS = 128
const SILENT: Ms = 60_000

/**
 * Serves a dashboard. It never holds the process: neither its socket nor those of browsers do.
 * @throws Error when no port of that host can be listened on
 */
export async function serveDashboard(watched: Watched, options: ServeOptions): Promise<Served> {
  const { host = DEFAULT_HOST, port: wanted = DEFAULT_PORT, token = makeToken() } = options
  const app = dashboardApp(watched, { ...options, host, token })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = boundedServer((request, response) => void listener(request, response))
  const port = await listenFrom(server, host, wanted)
  return {
    address: `http://${nameOf(host)}:${port}/#token=${token}`,
    token,
    port,
    notes: notesOf(host, wanted, port),
    close: async (reason) => {
      await watched.feed.close(reason)
      await closed(server)
    },
  }
}

/** How a browser of this machine calls it. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Whoever only connects, or sends a byte now and then, is let go after some seconds. */
function boundedServer(listener: Parameters<typeof createServer>[1]): Server {
  const times = {
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  }
  const server = createServer({ ...times, maxHeaderSize: 16_384 }, listener)
  // Of a download that nobody takes; streams say something more often.
  server.setTimeout(SILENT)
  server.maxConnections = MOST_CONNECTIONS
  server.on('connection', (socket) => socket.unref())
  server.on('clientError', (_, socket) => socket.destroy())
  return server.unref()
}

/** The port that it got. */
async function listenFrom(server: Server, host: string, wanted: number): Promise<number> {
  const last = Math.min(wanted + TRIED, 65_535)
  for (let port = wanted; wanted > 0 && port < last; port++) {
    if (await listens(server, host, port)) return port
  }
  await listens(server, host, 0)
  return (server.address() as AddressInfo).port
}

/** Whether it does; `false` when the port is taken. */
function listens(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off('listening', done)
      // A port below 1024 may need rights.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(new Error(`the dashboard cannot listen on ${host}: ${error.message}`))
    }
    const done = (): void => {
      server.off('error', failed)
      resolve(true)
    }
    server.once('error', failed).once('listening', done)
    server.listen(port, host)
  })
}

function notesOf(host: string, wanted: number, port: number): readonly string[] {
  return [
    ...(wanted === 0 || port === wanted ? [] : [`port ${wanted} is taken, so it is ${port}`]),
    ...(isLoopback(host) ? [] : [`it listens on ${host}: whoever has the address can steer`]),
  ]
}

/** What is under way has a moment to end. */
async function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 200)
  await promise
  clearTimeout(timer)
}
