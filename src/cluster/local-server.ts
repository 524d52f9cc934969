import { createServer, type Server, type Socket } from 'node:net'
import { LocalState } from './local-state.ts'
import { onLine, type Numbered } from './local-wire.ts'

/** The place where generators of one machine meet. */
export interface LocalServer {
  /** Ends it for all. */
  close(): Promise<void>
}

/**
 * Opens it: for one run, on a socket that only this machine reaches.
 * @throws Error when there is a socket of that path already
 */
export async function serveLocal(path: string): Promise<LocalServer> {
  const state = new LocalState()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      state.closed(socket)
    })
    onLine<Numbered>(socket, (ask) => state.take(ask, socket))
  })
  await listen(server, path)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
    server.unref()
  })
