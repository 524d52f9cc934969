import type { Socket } from 'node:net'
import type { Opening } from '../metrics/openings.ts'
import { addressOf, type Dial } from './dial.ts'

/** A socket that was opened ahead of its first call, and what that took. */
export interface Ahead {
  readonly socket: Socket
  readonly opening: Opening
}

/**
 * Opens a socket to an origin that nothing is sent on yet. `dialing` gets it at once, to give it up.
 * Resolves with nothing when it cannot be opened: the first call will say why.
 */
export function dialAhead(
  dial: Dial,
  origin: string,
  dialing: (socket: Socket) => void,
): Promise<Ahead | undefined> {
  return new Promise((resolve) => {
    const socket = dial(addressOf(origin), (error, opened, opening) => {
      resolve(error === null ? { socket: opened, opening } : undefined)
    })
    if (socket === undefined) return
    // Nobody else listens yet, and the service may close it whenever it likes.
    socket.on('error', () => {})
    dialing(socket)
  })
}

/** Whether the service has neither closed it nor said anything on it, unasked: a 408, mostly. */
export const isFresh = (socket: Socket): boolean =>
  socket.readyState === 'open' && socket.readableLength === 0
