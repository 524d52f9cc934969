import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { fileURLToPath } from 'node:url'
import { listening, type Listener, type TestServer } from './servers.ts'

/** A file of the certificates that `tls/make.sh` makes. */
export const certificateFile = (name: 'ca' | 'service' | 'self-signed' | 'key'): string =>
  fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url))

const pem = (name: Parameters<typeof certificateFile>[0]): string =>
  readFileSync(certificateFile(name), 'utf8')

/** Of the CA that vouches for `service`. */
export const CA = pem('ca')

/** What a server of Node's needs to have a certificate. */
export const withCertificate = (
  name: 'service' | 'self-signed',
): { readonly cert: string; readonly key: string } => ({ cert: pem(name), key: pem('key') })

/** A real HTTPS server; by default with a certificate of the CA. */
export function serveTls(
  listener: Listener,
  certificate: 'service' | 'self-signed' = 'service',
): Promise<TestServer> {
  return listening(httpsServer(listener, certificate), 'https')
}

/** The same, not listening yet. */
export const httpsServer = (
  listener: Listener,
  certificate: 'service' | 'self-signed' = 'service',
): Server =>
  createServer(
    { ...withCertificate(certificate), keepAliveTimeout: 60_000 },
    (...call) => void listener(...call),
  )
