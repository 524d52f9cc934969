import { closeServer, HOST, listen, serverFor } from '../../services/listen.ts'
import { router } from '../../services/router.ts'
import { ChatApi } from './chat-api.ts'
import { toSettings, type ChatApiOptions } from './options.ts'
import { routesOf } from './routes.ts'

/** A running service. */
export interface ChatApiService extends AsyncDisposable {
  /** `http://127.0.0.1:8000` */
  readonly url: string
  /** Ends running replies and all connections; calling it again does no harm. */
  close(): Promise<void>
}

/**
 * Starts the chat API on loopback, on any free port unless told otherwise.
 * @throws Error when an option is out of range or the port is taken
 */
export async function startChatApi(options: ChatApiOptions = {}): Promise<ChatApiService> {
  const settings = toSettings(options)
  const api = new ChatApi(settings)
  const server = serverFor(router(routesOf(api)))
  let closing: Promise<unknown> | undefined
  const close = async (): Promise<void> => {
    closing ??= Promise.all([api.close(), closeServer(server)])
    await closing
  }
  try {
    const port = await listen(server, settings.port)
    return { url: `http://${HOST}:${port}`, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await api.close()
    throw error
  }
}
