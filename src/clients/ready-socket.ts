import { Socket } from 'node:net'
import type { buildConnector } from 'undici'

type Connector = buildConnector.connector

/**
 * Opens a socket to an origin that nothing is sent on yet. `dialing` gets it at once, to give it up.
 * Resolves with nothing when it cannot be opened: the first call will say why.
 */
export function dialAhead(
  connector: Connector,
  origin: string,
  dialing: (socket: Socket) => void,
): Promise<Socket | undefined> {
  const { host, hostname, protocol, port } = new URL(origin)
  return new Promise((resolve) => {
    const to = { host, hostname: hostname.replace(/^\[|\]$/g, ''), protocol, port }
    const socket: unknown = connector(to, (error, opened) => {
      resolve(error === null && opened instanceof Socket ? opened : undefined)
    })
    if (!(socket instanceof Socket)) return
    // Nobody else listens yet, and the service may close it whenever it likes.
    socket.on('error', () => {})
    dialing(socket)
  })
}

/** Whether the service has neither closed it nor said anything on it, unasked: a 408, mostly. */
export const isFresh = (socket: Socket): boolean =>
  socket.readyState === 'open' && socket.readableLength === 0
