import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

export const HOST = '127.0.0.1'

/** Longer than a user's think time, so that an idle connection is not closed under a request. */
const KEEP_ALIVE = 65_000

export const serverFor = (listener: RequestListener): Server =>
  createServer({ keepAliveTimeout: KEEP_ALIVE }, listener)

/** Listens on loopback; 0 takes any free port. Gives the port. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: HOST, backlog: 2048 })
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** Ends all connections, too. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
