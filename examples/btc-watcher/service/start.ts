import { sendJson } from '../../services/call.ts'
import { closeServer, HOST, listen, serverFor } from '../../services/listen.ts'
import { router, type Routes } from '../../services/router.ts'
import { authRoutes } from './auth-routes.ts'
import { handlersOf } from './routes.ts'
import { toSettings, type WatcherOptions } from './settings.ts'
import { signalRoutes } from './signal-routes.ts'
import { strategyRoutes } from './strategy-routes.ts'
import { Watcher } from './watcher.ts'
import { Weather } from './weather.ts'

/** A running service. */
export interface WatcherService extends AsyncDisposable {
  /** `http://127.0.0.1:8000` */
  readonly url: string
  /** Ends all connections; calling it again does no harm. */
  close(): Promise<void>
}

/**
 * Starts the service on loopback, on any free port unless told otherwise.
 * @throws Error when an option is out of range or the port is taken
 */
export async function startWatcher(options: WatcherOptions = {}): Promise<WatcherService> {
  const settings = toSettings(options)
  const weather = new Weather(settings)
  const watcher = new Watcher(settings)
  const routes = { ...authRoutes(watcher), ...strategyRoutes(watcher), ...signalRoutes(watcher) }
  const handlers = {
    'GET /health': ({ response }) => sendJson(response, 200, { status: 'ok' }),
    ...handlersOf(routes, weather),
  } satisfies Routes
  const server = serverFor(
    router(handlers, () => {
      if (weather.isLast()) void close()
    }),
  )
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeServer(server).then(() => watcher.close()))
  try {
    const port = await listen(server, settings.port)
    return { url: `http://${HOST}:${port}`, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    watcher.close()
    throw error
  }
}
