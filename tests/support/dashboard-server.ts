import { readFile } from 'node:fs/promises'
import {
  createConnection,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { join } from 'node:path'
import { LiveFeed } from '../../src/live/feed.ts'
import type { LivePage } from '../../src/live/live-page.ts'
import type { StartRequest, SteerRequest } from '../../src/live/requests.ts'
import { serveDashboard } from '../../src/live/serve.ts'
import { dashboardHtml } from '../../src/report/dashboard-html.ts'
import { SUITE } from './run-file-samples.ts'

const TEMPLATE = join(import.meta.dirname, '..', '..', 'dist', 'report', 'page.html')

/** The server of a dashboard, which shows what a test puts there. */
export interface ShownPages extends AsyncDisposable {
  readonly address: string
  /** What was asked of it. */
  readonly asked: readonly (SteerRequest | StartRequest)[]
  show(page: LivePage): void
  /** Cuts all connections off, and takes no more. */
  cut(): Promise<void>
  /** Takes them again. */
  restore(): Promise<void>
  close(reason: string): Promise<void>
}

/** Serves the page that was built last, behind a wire that can be cut. */
export async function servePages(first: LivePage): Promise<ShownPages> {
  const shown = { page: first }
  const asked: (SteerRequest | StartRequest)[] = []
  const answer = (request: SteerRequest | StartRequest) => {
    asked.push(request)
    return Promise.resolve({ ok: true, said: 'users 200 → 50' } as const)
  }
  const feed = new LiveFeed(() => Promise.resolve(shown.page), 50)
  const served = await serveDashboard(
    { feed, file: () => Promise.resolve(SUITE), steer: answer, start: answer },
    { html: dashboardHtml(await readFile(TEMPLATE, 'utf8')), port: 0 },
  )
  const wire = new Wire(served.port)
  await wire.restore()
  return {
    address: served.address.replace(`:${served.port}/`, `:${wire.port}/`),
    asked,
    show: (page) => void (shown.page = page),
    cut: () => wire.cut(),
    restore: () => wire.restore(),
    close: (reason) => served.close(reason),
    [Symbol.asyncDispose]: async () => {
      await served.close('the test is over')
      await wire.cut()
    },
  }
}

/** Passes bytes on to a port. */
class Wire {
  readonly #to: number
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  port = 0

  constructor(to: number) {
    this.#to = to
  }

  async restore(): Promise<void> {
    const server = createServer((near) => {
      const far = createConnection(this.#to, '127.0.0.1')
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => (other.destroy(), this.#sockets.delete(one)))
      }
    })
    const listening = Promise.withResolvers<void>()
    server.listen(this.port, '127.0.0.1', () => listening.resolve())
    await listening.promise
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  async cut(): Promise<void> {
    const closed = Promise.withResolvers<void>()
    this.#server?.close(() => closed.resolve())
    for (const socket of this.#sockets) socket.destroy()
    await closed.promise
  }
}
