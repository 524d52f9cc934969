import { sendJson } from '../../services/call.ts'
import { closeServer, HOST, listen, serverFor } from '../../services/listen.ts'
import { router } from '../../services/router.ts'
import { bookRoutes } from './book-routes.ts'
import { BookService } from './book-service.ts'
import { modelRoutes } from './model-routes.ts'
import { toSettings, type BookOptions } from './options.ts'

/** A running service. */
export interface RunningBooks extends AsyncDisposable {
  /** `http://127.0.0.1:8000` */
  readonly url: string
  /** Ends running answers and all connections; calling it again does no harm. */
  close(): Promise<void>
}

/**
 * Starts the service on loopback, on any free port unless told otherwise.
 * @throws Error when an option is out of range, the port is taken or the access tokens are missing
 */
export async function startBooks(options: BookOptions = {}): Promise<RunningBooks> {
  const settings = toSettings(options)
  const service = new BookService(settings)
  const routes = {
    'GET /health': ({ response }) => sendJson(response, 200, { status: 'healthy' }),
    ...modelRoutes(service),
    ...bookRoutes(service),
  } satisfies Parameters<typeof router>[0]
  const server = serverFor(router(routes))
  let closing: Promise<void> | undefined
  const close = (): Promise<void> =>
    (closing ??= closeServer(server).finally(() => service.close()))
  try {
    const port = await listen(server, settings.port)
    return { url: `http://${HOST}:${port}`, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    service.close()
    throw error
  }
}
