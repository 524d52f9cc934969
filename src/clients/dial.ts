import { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { realClock } from '../clock/clock.ts'
import type { Opening } from '../metrics/openings.ts'
import type { Handshakes } from './handshakes.ts'
import type { Transport } from './transport.ts'

/** Told once when a socket stands, with what that took, or when it never will. */
export type Dialled = (
  ...result:
    | [error: null, socket: Socket, opening: Opening]
    | [error: Error, socket: null, opening: undefined]
) => void

/** Opens a socket, over TLS to an origin of `https:`, and gives it while it is being opened. */
export type Dial = (to: buildConnector.Options, dialled: Dialled) => Socket | undefined

/** One for all connections of a user, so that TLS sessions are resumed as within a browser. */
export function createDial(
  transport: Transport,
  {
    h2 = false,
    handshakes,
  }: { readonly h2?: boolean; readonly handshakes?: Handshakes | undefined },
): Dial {
  const connect = buildConnector({ ...transport.tls, timeout: 0, allowH2: h2, preferH2: h2 })
  return (to, dialled) => {
    const began = realClock.now()
    let found = began
    let connected: number | undefined
    const socket: unknown = connect(to, (...result) => {
      if (result[0] !== null) return dialled(result[0], null, undefined)
      const now = realClock.now()
      // Without TLS this is told before the listener below.
      const over = connected ?? now
      dialled(null, result[1], {
        ...(found > began && { dns: found - began }),
        connect: over - found,
        ...(to.protocol === 'https:' && { tls: now - over }),
        total: now - began,
      })
    })
    if (!(socket instanceof Socket)) return undefined
    if (handshakes !== undefined) count(socket, to, handshakes)
    socket.once('lookup', () => {
      found = realClock.now()
    })
    socket.once('connect', () => {
      connected = realClock.now()
    })
    return socket
  }
}

/** Counts a handshake from now until it has come to its end, whatever that is. */
function count(
  socket: Socket,
  { protocol, host }: buildConnector.Options,
  handshakes: Handshakes,
): void {
  const left = { count: 1 }
  const over = (): void => {
    if (left.count-- === 1) handshakes.ended()
  }
  handshakes.began(`${protocol}//${host}`)
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', over).once('close', over)
}

/** What is dialled for an origin. */
export function addressOf(origin: string): buildConnector.Options {
  const { host, hostname, protocol, port } = new URL(origin)
  return { host, hostname: hostname.replace(/^\[|\]$/g, ''), protocol, port }
}
