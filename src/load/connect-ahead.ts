import type { Connections } from '../clients/connections.ts'
import { sleep } from '../clock/sleep.ts'
import type { Ms } from '../units/units.ts'
import type { LoadEnvironment } from './environment.ts'

/** So many at once: fewer than any usual backlog of a listening service holds, and of TLS fewer yet. */
const AT_ONCE = { plain: 50, tls: 16 }

/**
 * Opens one connection to the service in each of these, before a load begins. What does not stand
 * after `within` ms is no longer waited for; the load will show what is the matter.
 */
export async function connectAhead(
  all: readonly Connections[],
  { baseUrl, clock, transport }: Pick<LoadEnvironment, 'baseUrl' | 'clock' | 'transport'>,
  within: Ms,
  signal: AbortSignal,
): Promise<void> {
  if (baseUrl === undefined || all.length === 0) return
  const { origin } = new URL(baseUrl)
  const usual = origin.startsWith('https:') ? AT_ONCE.tls : AT_ONCE.plain
  const most = Math.min(transport?.settings.handshakes ?? usual, all.length)
  const left = all.values()
  const enough = new AbortController()
  const dial = async (): Promise<void> => {
    for (const connections of left) {
      if (enough.signal.aborted) return
      await connections.open(origin, () => clock.now())
    }
  }
  const dialled = Promise.all(Array.from({ length: most }, dial))
  const tooLong = sleep(clock, within, AbortSignal.any([signal, enough.signal])).catch(() => {})
  await Promise.race([dialled, tooLong])
  enough.abort()
}
