import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

/** Whom connections over TLS trust: `https:` and `wss:` alike. */
export interface TlsOptions {
  /**
   * Certificates to trust beside those that Node trusts: files in PEM, from where Vitest runs, or the PEM
   * itself. One or several.
   */
  readonly ca?: string | readonly string[] | undefined
  /** `false` trusts whatever certificate comes. Default: true. */
  readonly rejectUnauthorized?: boolean | undefined
}

/** The same with the files read; JSON. */
export interface TlsSettings {
  /** PEM. */
  readonly ca: readonly string[]
  /** `undefined` leaves it to Node, and so to NODE_TLS_REJECT_UNAUTHORIZED. */
  readonly rejectUnauthorized?: boolean | undefined
}

const KNOWN = ['ca', 'rejectUnauthorized']
const EXPECTED = "an object like { ca: 'certs/ca.pem' } or { rejectUnauthorized: false }"

/** Reads the certificates. @throws UsageError with every mistake, files that cannot be read among them */
export function toTlsSettings(input: unknown, path: string): TlsSettings {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, EXPECTED, input)
  }
  const options: Readonly<Record<string, unknown>> = { ...input }
  const mistakes = new Mistakes()
  for (const name of Object.keys(options)) {
    if (KNOWN.includes(name)) continue
    const message = `${path}.${name} is not an option; ${knownNames(name, KNOWN)}`
    mistakes.add(UsageError.saying(`${path}.${name}`, message))
  }
  const { ca = [], rejectUnauthorized } = options
  const read = [ca].flat().map((each) => mistakes.check(() => toPem(each, `${path}.ca`), ''))
  if (rejectUnauthorized !== undefined && typeof rejectUnauthorized !== 'boolean') {
    mistakes.add(new UsageError(`${path}.rejectUnauthorized`, 'true or false', rejectUnauthorized))
  }
  mistakes.throwAll(path)
  return {
    ca: read,
    ...(typeof rejectUnauthorized === 'boolean' && { rejectUnauthorized }),
  }
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----'

function toPem(input: unknown, path: string): string {
  if (typeof input !== 'string' || input === '') {
    throw new UsageError(path, "a file like 'certs/ca.pem', or the PEM itself", input)
  }
  const given = input.includes(CERTIFICATE)
  const pem = given ? input : readPem(input, path)
  const what = given ? 'a certificate in PEM' : `a file with a certificate in PEM`
  try {
    new X509Certificate(pem).toString()
    return pem
  } catch {
    throw new UsageError(path, what, given ? 'one that cannot be read' : input)
  }
}

function readPem(file: string, path: string): string {
  const place = resolve(file)
  try {
    return readFileSync(place, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw UsageError.saying(path, `${path}: ${place} cannot be read (${why})`, file)
  }
}
