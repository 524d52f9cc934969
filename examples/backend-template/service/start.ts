import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError } from '../../services/http-error.ts'
import { closeServer, HOST, listen, serverFor } from '../../services/listen.ts'
import { router, type Routes } from '../../services/router.ts'
import { Accounts } from './accounts.ts'
import { authRoutes, healthRoutes, taskRoutes } from './routes.ts'
import type { Settings } from './settings.ts'

/** A running service. */
export interface Backend extends AsyncDisposable {
  readonly url: string
  close(): Promise<void>
}

/** Starts the API on loopback. @throws Error when the port is taken */
export async function startBackend(settings: Settings): Promise<Backend> {
  const accounts = new Accounts(settings.database)
  const { workerUrl } = settings
  const routes: Routes = {
    ...healthRoutes(accounts, workerUrl),
    ...authRoutes(accounts),
    ...taskRoutes(workerUrl),
  }
  const server = serverFor(router(routes, faultsOf(settings)))
  const port = await listen(server, settings.port)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeServer(server).then(() => accounts.close()))
  return { url: `http://${HOST}:${port}`, close, [Symbol.asyncDispose]: close }
}

/** Waits, and fails every n-th call: an even share, and the same one each time. */
function faultsOf({ delay, fail }: Settings): () => Promise<void> {
  let owed = 0
  return async () => {
    if (delay > 0) await sleep(delay)
    owed += fail
    if (owed < 1) return
    owed -= 1
    throw new HttpError(500, 'something broke')
  }
}
