import type { IncomingMessage, Server } from 'node:http'
import { closeServer, HOST, listen, serverFor } from '../../services/listen.ts'
import { router } from '../../services/router.ts'
import { Bamboo } from './bamboo.ts'
import { applyFaults } from './faults.ts'
import { openaiRoutes } from './openai-routes.ts'
import { toSettings, type BambooOptions } from './options.ts'
import { sessionRoutes } from './session-routes.ts'
import { Sockets } from './sockets.ts'

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
  const arrive = async ({ headers }: IncomingMessage): Promise<void> => {
    bamboo.leak()
    await applyFaults(headers)
  }
  const servers: Server[] = []
  let closing: Promise<unknown> | undefined
  const close = async (): Promise<void> => {
    closing ??= Promise.all([sockets.close(), bamboo.close(), ...servers.map(closeServer)])
    await closing
  }
  const open = async (wanted: number): Promise<number> => {
    const server = serverFor(router(routes, arrive)).on('upgrade', sockets.upgrade)
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
