import { connect } from 'node:net'
import { errorCode } from '../clients/classify.ts'
import { UsageError } from '../errors/usage-error.ts'

/**
 * Tries the target once before a load: one clear error instead of ten thousand failures.
 * @throws UsageError when nothing answers there
 */
export async function preflight(baseUrl: string | undefined, name: string): Promise<void> {
  if (baseUrl === undefined) return
  const { hostname, port, protocol } = new URL(baseUrl)
  const number =
    port === '' ? (protocol === 'https:' || protocol === 'wss:' ? 443 : 80) : Number(port)
  const problem = await knock(hostname.replace(/^\[|\]$/g, ''), number)
  if (problem === undefined) return
  throw UsageError.saying(
    'baseUrl',
    `${name}() was not started: ${baseUrl} cannot be reached (${problem}). Start the service, let perf({ server }) start it, or set PERF_BASE_URL`,
    baseUrl,
  )
}

// Captured at import, before a suite can replace them.
const originalSetTimeout = globalThis.setTimeout
const originalSetImmediate = globalThis.setImmediate

/** Opens a connection and closes it; gives what went wrong. */
function knock(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (problem: string | undefined): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(5_000, () => end('no connection within 5 s'))
    socket.once('connect', () => end(undefined))
    socket.once('error', (error) => end(errorCode(error) ?? error.message))
  })
}

/** @throws UsageError when the suite has faked the timers: a load on a faked clock never moves */
export function refuseFakeTimers(name: string): void {
  if (
    globalThis.setTimeout === originalSetTimeout &&
    globalThis.setImmediate === originalSetImmediate
  )
    return
  throw UsageError.saying(
    name,
    `${name}() needs real timers, and this test has fake ones: call vi.useRealTimers() before it`,
  )
}
