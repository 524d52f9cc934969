import { sleep } from '../clock/sleep.ts'
import { Handshakes } from '../clients/handshakes.ts'
import type { VirtualUser } from './virtual-user.ts'
import type { LoadEnvironment } from './environment.ts'
import type { CommonPlan } from './option-reader.ts'

/** A handshake of TLS costs a generator about five times one of TCP. */
const AT_ONCE = { plain: 64, tls: 16 }

/** The handshakes of a load, so many at once before users wait for their turn. */
export function handshakesOf({ baseUrl = '', transport }: LoadEnvironment): Handshakes {
  const usual = baseUrl.startsWith('https:') ? AT_ONCE.tls : AT_ONCE.plain
  return new Handshakes(transport?.settings.handshakes ?? usual)
}

/**
 * Lets a user who comes while many connections are being opened wait for its turn, and opens its own
 * connection then, before its first iteration: the crowd at the door is the generator's doing, and in
 * no latency. Never longer than a connection may take, and not beyond the end of the load.
 */
export async function arrive(
  { caller: { connections } }: VirtualUser,
  handshakes: Handshakes,
  { connection, timeouts }: CommonPlan,
  { clock }: LoadEnvironment,
  stopping: AbortSignal,
): Promise<void> {
  if (connection === 'perRequest') return
  if (!handshakes.busy) return handshakes.comes()
  const enough = new AbortController()
  const signal = AbortSignal.any([stopping, enough.signal])
  const late = sleep(clock, timeouts.connect, signal).then(
    () => enough.abort(),
    () => {},
  )
  await handshakes.turn(async () => {
    const { origin } = handshakes
    // Users that have opened none may be of another kind: on sockets, or with clients of their own.
    if (origin === undefined) handshakes.comes()
    else await connections.open(origin, () => clock.now())
  }, signal)
  enough.abort()
  await late
}
