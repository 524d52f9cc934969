import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { Bamboo } from './bamboo.ts'
import { openaiRoutes } from './openai-routes.ts'
import { toSettings, type BambooOptions } from './options.ts'
import { router } from './router.ts'
import { sessionRoutes } from './session-routes.ts'
import { Sockets } from './sockets.ts'

const HOST = '127.0.0.1'

/** Longer than a user's think time, so that an idle connection is not closed under a request. */
const KEEP_ALIVE = 65_000

/** A running service. */
export interface BambooService extends AsyncDisposable {
  /** `http://127.0.0.1:8080` */
  readonly url: string
  /** `ws://127.0.0.1:8080`, without the path `/ws`. */
  readonly wsUrl: string
  readonly port: number
  /** Ends running replies and all connections; calling it again does no harm. */
  close(): Promise<void>
}

/**
 * Starts the chat service on loopback, on any free port unless told otherwise.
 * @throws Error when an option is out of range or the port is taken
 */
export async function startBamboo(options: BambooOptions = {}): Promise<BambooService> {
  const settings = toSettings(options)
  const bamboo = new Bamboo(settings)
  const sockets = new Sockets(bamboo)
  const routes = { ...sessionRoutes(bamboo), ...openaiRoutes(bamboo) }
  const servers: Server[] = []
  let closing: Promise<unknown> | undefined
  const close = async (): Promise<void> => {
    closing ??= Promise.all([sockets.close(), bamboo.close(), ...servers.map(closeServer)])
    await closing
  }
  const open = async (wanted: number): Promise<number> => {
    const server = serverFor(router(bamboo, routes), sockets)
    const port = await listen(server, wanted)
    servers.push(server)
    return port
  }
  try {
    const port = await open(settings.port)
    const wsPort = settings.wsPort === undefined ? port : await open(settings.wsPort)
    const urls = { url: `http://${HOST}:${port}`, wsUrl: `ws://${HOST}:${wsPort}` }
    return { ...urls, port, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function serverFor(listener: RequestListener, sockets: Sockets): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, listener)
  return server.on('upgrade', sockets.upgrade)
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: HOST, backlog: 2048 })
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
