import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Accounts } from './accounts.ts'
import { sendJson, type Call } from './call.ts'
import { HttpError } from './http-error.ts'
import { authRoutes, healthRoutes, taskRoutes, type Routes } from './routes.ts'
import type { Settings } from './settings.ts'

/** A running service. */
export interface Backend extends AsyncDisposable {
  readonly url: string
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
  const faults = faultsOf(settings)
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void answer(routes, faults, { request, response })
  })
  server.listen({ port: settings.port, host: '127.0.0.1', backlog: 2048 })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
    accounts.close()
  }
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
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

async function answer(routes: Routes, faults: () => Promise<void>, call: Call): Promise<void> {
  const { request, response } = call
  const [path = ''] = (request.url ?? '').split('?', 1)
  try {
    const handler = routes[`${request.method} ${path}`]
    if (handler === undefined) throw new HttpError(404, `nothing at ${path}`)
    await faults()
    await handler(call)
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500
    const detail = error instanceof Error ? error.message : String(error)
    if (response.headersSent) response.destroy()
    else sendJson(call, status, { detail })
  }
}
