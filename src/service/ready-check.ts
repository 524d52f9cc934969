import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { addressOf } from './address.ts'
import type { Address } from './address.ts'

/** When a service counts as ready; of several conditions every one must hold. */
export interface ReadyOptions {
  /** A path on the base URL or a whole URL, polled until it answers 2xx or 3xx. */
  url?: string
  /** A line of the log contains this text or matches this expression, colours left aside. */
  log?: RegExp | string
  /** The port accepts a TCP connection. */
  port?: number
}

/** The conditions as they are polled. */
export interface ReadyCheck {
  readonly url: string | undefined
  readonly address: Address | undefined
  readonly log: RegExp | string | undefined
}

const EXPECTED = "a path like '/health', a URL, or { url, log, port }"
const KNOWN = ['url', 'log', 'port']

/** What `ready` means for this base URL. @throws UsageError for anything that cannot be polled. */
export function parseReady(input: unknown, path: string, baseUrl: string | undefined): ReadyCheck {
  if (input === undefined) return portOfBaseUrl(path, baseUrl)
  if (typeof input === 'string') {
    return { url: toUrl(input, path, baseUrl), address: undefined, log: undefined }
  }
  if (
    typeof input !== 'object' ||
    input === null ||
    Array.isArray(input) ||
    input instanceof RegExp
  ) {
    throw new UsageError(path, EXPECTED, input)
  }
  return parseConditions(input, path, baseUrl)
}

/** Every place that must be free before the service starts, or another one would answer for it. */
export function addressesOf({ url, address }: ReadyCheck): readonly Address[] {
  const all = [url === undefined ? undefined : addressOf(url), address]
  return all.filter((each) => each !== undefined)
}

/** `GET http://127.0.0.1:8080/health answers 2xx or 3xx`, `port 8080 accepts connections`. */
export function describeReady({ url, address, log }: ReadyCheck): string {
  const parts = [
    url === undefined ? undefined : `GET ${url} answers 2xx or 3xx`,
    address === undefined
      ? undefined
      : `port ${address.port} of ${address.host} accepts connections`,
    log === undefined
      ? undefined
      : `the log says ${typeof log === 'string' ? JSON.stringify(log) : log}`,
  ]
  return parts.filter((part) => part !== undefined).join(', and ')
}

function parseConditions(input: object, path: string, baseUrl: string | undefined): ReadyCheck {
  const unknown = Object.keys(input).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) {
    throw UsageError.saying(
      path,
      `${path}.${unknown} is no option (${knownNames(unknown, KNOWN)})`,
      unknown,
    )
  }
  const { url, log, port }: { url?: unknown; log?: unknown; port?: unknown } = input
  if (url === undefined && log === undefined && port === undefined) {
    throw new UsageError(path, EXPECTED, input)
  }
  return {
    url: url === undefined ? undefined : toUrl(url, `${path}.url`, baseUrl),
    address:
      port === undefined ? undefined : { host: 'localhost', port: toPort(port, `${path}.port`) },
    log: log === undefined ? undefined : toPattern(log, `${path}.log`),
  }
}

function portOfBaseUrl(path: string, baseUrl: string | undefined): ReadyCheck {
  if (baseUrl !== undefined) return { url: undefined, address: addressOf(baseUrl), log: undefined }
  throw UsageError.saying(
    path,
    `${path} must be ${EXPECTED}: without a baseUrl nothing else tells when the service is ready`,
  )
}

function toUrl(input: unknown, path: string, baseUrl: string | undefined): string {
  if (typeof input === 'string' && /^https?:\/\//.test(input) && URL.canParse(input)) return input
  if (typeof input !== 'string' || !input.startsWith('/')) {
    throw new UsageError(path, "a path like '/health' or an http(s) URL", input)
  }
  if (baseUrl !== undefined) return baseUrl.replace(/\/+$/, '') + input
  throw new UsageError(path, 'a whole URL', input, 'A path needs a baseUrl to stand on')
}

function toPort(input: unknown, path: string): number {
  if (typeof input === 'number' && Number.isInteger(input) && input > 0 && input < 65_536)
    return input
  throw new UsageError(path, 'a port from 1 to 65535', input)
}

function toPattern(input: unknown, path: string): RegExp | string {
  // Without g and y: those remember where the last match ended, from one line to the next.
  if (input instanceof RegExp) return new RegExp(input.source, input.flags.replace(/[gy]/g, ''))
  if (typeof input === 'string' && input !== '') return input
  throw new UsageError(path, 'a text or a regular expression', input)
}
