import { once } from 'node:events'
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Bamboo } from './bamboo.ts'
import { applyFaults, cutOf, type Cut } from './faults.ts'
import { errorBody, HttpError } from '../../services/http-error.ts'
import { Member, Rooms } from './rooms.ts'
import { receive } from './socket-messages.ts'

/** How long clients may take to answer the closing handshake, in ms. */
const GOODBYE = 200

/** The WebSocket side, at `/ws`. */
export class Sockets {
  readonly #bamboo: Bamboo
  readonly #rooms = new Rooms()
  readonly #waiting = new Set<Duplex>()
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false })

  constructor(bamboo: Bamboo) {
    this.#bamboo = bamboo
  }

  /** For a server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    this.#bamboo.leak()
    this.#waiting.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#waiting.delete(socket))
    const accept = (cut: Cut | undefined): void => {
      this.#waiting.delete(socket)
      this.#server.handleUpgrade(request, socket, head, (client) => this.#join(client, cut))
    }
    admit(request).then(accept, (error: unknown) => refuse(socket, error))
  }

  async close(): Promise<void> {
    for (const socket of this.#waiting) socket.destroy()
    const clients = [...this.#server.clients]
    const gone = clients.map((client) => once(client, 'close'))
    for (const client of clients) client.close(1001, 'the service is stopping')
    const timer = setTimeout(() => clients.forEach((client) => client.terminate()), GOODBYE)
    await Promise.all(gone)
    clearTimeout(timer)
  }

  #join(client: WebSocket, cut: Cut | undefined): void {
    const member = new Member(client, cut)
    client.on('message', (data: Buffer) => {
      receive(this.#bamboo, this.#rooms, member, data.toString())
    })
    client.on('close', () => this.#rooms.leave(member))
    client.on('error', () => client.terminate())
  }
}

async function admit({ url = '', headers }: IncomingMessage): Promise<Cut | undefined> {
  const [path] = url.split('?', 1)
  if (path !== '/ws') throw new HttpError(404, `no WebSocket at ${path}`)
  await applyFaults(headers)
  return cutOf(headers)
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof HttpError ? error.status : 500
  const body = JSON.stringify(errorBody(status, error instanceof Error ? error.message : ''))
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
