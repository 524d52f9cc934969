import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { classifyError, errorCode } from '../clients/classify.ts'
import type { Transport } from '../clients/transport.ts'
import { untrusted } from '../clients/trust.ts'
import { UsageError } from '../errors/usage-error.ts'

/**
 * Tries the target once before a load: one clear error instead of ten thousand failures.
 * @throws UsageError when nothing answers there, or with a certificate that is not trusted
 */
export async function preflight(
  baseUrl: string | undefined,
  transport: Transport,
  name: string,
): Promise<void> {
  if (baseUrl === undefined) return
  const { hostname, port, protocol } = new URL(baseUrl)
  const secure = protocol === 'https:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const address = { host, port: port === '' ? (secure ? 443 : 80) : Number(port) }
  const problem = await knock(() => (secure ? tlsTo(address, transport) : connect(address)))
  if (problem === undefined) return
  const why =
    classifyError(problem) === 'tls'
      ? `${baseUrl} ${untrusted(problem)}`
      : `${baseUrl} cannot be reached (${errorCode(problem) ?? problem.message}). Start the service, let perf({ server }) start it, or set PERF_BASE_URL`
  throw UsageError.saying('baseUrl', `${name}() was not started: ${why}`, baseUrl)
}

// Captured at import, before a suite can replace them.
const originalSetTimeout = globalThis.setTimeout
const originalSetImmediate = globalThis.setImmediate

const tlsTo = (
  address: { readonly host: string; readonly port: number },
  { tls }: Transport,
): Socket =>
  connectTls({ ...tls, ...address, ...(isIP(address.host) === 0 && { servername: address.host }) })

/** Opens a connection and closes it; gives what went wrong. */
function knock(open: () => Socket): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = open()
    const end = (problem: Error | undefined): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(5_000, () => end(new Error('no connection within 5 s')))
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => end(undefined))
    socket.once('error', end)
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
