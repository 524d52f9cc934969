import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { authRoutes } from './auth-routes.ts'
import { router } from './router.ts'
import { toSettings, type WatcherOptions } from './settings.ts'
import { signalRoutes } from './signal-routes.ts'
import { strategyRoutes } from './strategy-routes.ts'
import { Watcher } from './watcher.ts'
import { Weather } from './weather.ts'

const HOST = '127.0.0.1'

/** Longer than a user's think time, so that an idle connection is not closed under a request. */
const KEEP_ALIVE = 65_000

/** A running service. */
export interface WatcherService extends AsyncDisposable {
  /** `http://127.0.0.1:8000` */
  readonly url: string
  /** Ends all connections; calling it again does no harm. */
  close(): Promise<void>
}

/**
 * Starts the service on loopback, on any free port unless told otherwise.
 * @throws Error when the port is taken or the database cannot be opened
 */
export async function startWatcher(options: WatcherOptions = {}): Promise<WatcherService> {
  const settings = toSettings(options)
  const weather = new Weather(settings)
  const watcher = new Watcher(settings)
  const routes = { ...authRoutes(watcher), ...strategyRoutes(watcher), ...signalRoutes(watcher) }
  const answer = router(routes, weather)
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    if (weather.isLast()) void close()
    else answer(request, response)
  })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeAll(server, watcher))
  try {
    const port = await listen(server, settings.port)
    return { url: `http://${HOST}:${port}`, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    watcher.close()
    throw error
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: HOST, backlog: 2048 })
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function closeAll(server: Server, watcher: Watcher): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
  watcher.close()
}
