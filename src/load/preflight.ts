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
  if (transport.settings.h2 && !secure) {
    const why = `http: { h2: true } needs https:, and the service is at ${baseUrl}`
    throw UsageError.saying('http.h2', `${name}() was not started: ${why}`)
  }
  const found = await knock(() => (secure ? tlsTo(address, transport) : connect(address)))
  if (found.problem === undefined) return refuseOther(found.protocol, transport, { baseUrl, name })
  const { problem } = found
  const why =
    classifyError(problem) === 'tls'
      ? `${baseUrl} ${untrusted(problem)}`
      : `${baseUrl} cannot be reached (${errorCode(problem) ?? problem.message}). Start the service, let perf({ server }) start it, or set PERF_BASE_URL`
  throw UsageError.saying('baseUrl', `${name}() was not started: ${why}`, baseUrl)
}

/** Another protocol than the one that was asked for would be measured. */
function refuseOther(
  protocol: Knocked['protocol'],
  { settings }: Transport,
  { baseUrl, name }: { readonly baseUrl: string; readonly name: string },
): void {
  if (!settings.h2 || protocol === 'h2') return
  const why = `${baseUrl} does not speak HTTP/2: leave out http: { h2: true }, or switch it on in the service`
  throw UsageError.saying('http.h2', `${name}() was not started: ${why}`)
}

// Captured at import, before a suite can replace them.
const originalSetTimeout = globalThis.setTimeout
const originalSetImmediate = globalThis.setImmediate

const tlsTo = (
  address: { readonly host: string; readonly port: number },
  { tls, settings }: Transport,
): Socket =>
  connectTls({
    ...tls,
    ...address,
    ...(settings.h2 && { ALPNProtocols: ['h2', 'http/1.1'] }),
    ...(isIP(address.host) === 0 && { servername: address.host }),
  })

/** What a look at the service found. */
interface Knocked {
  readonly problem: Error | undefined
  /** What it chose to speak; `false` when it did not choose. */
  readonly protocol: string | false | null | undefined
}

/** Opens a connection and closes it; gives what went wrong. */
function knock(open: () => Socket): Promise<Knocked> {
  return new Promise((resolve) => {
    const socket = open()
    const end = (problem: Error | undefined): void => {
      const protocol = socket instanceof TLSSocket ? socket.alpnProtocol : undefined
      socket.destroy()
      resolve({ problem, protocol })
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
