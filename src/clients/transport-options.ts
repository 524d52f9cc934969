import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toCount } from '../units/parse.ts'
import { toTlsSettings, type TlsOptions } from './tls-options.ts'
import type { TransportSettings } from './transport.ts'

/** How the service is spoken to over HTTP. */
export interface HttpOptions {
  /** Speaks HTTP/2 with services behind `https:` that know it. Default: false. */
  readonly h2?: boolean | undefined
  /**
   * So many connections are opened at once before users who come wait for their turn. Default: 64, and
   * 16 behind `https:`.
   */
  readonly handshakes?: number | undefined
}

/** How connections are made, as the options say it. */
export interface TransportOptions {
  readonly tls?: TlsOptions | undefined
  readonly http?: HttpOptions | undefined
}

const KNOWN = ['h2', 'handshakes']

/** What the options say, and nothing of what they do not. @throws UsageError with every mistake */
export function toTransportSettings(
  { tls, http }: { readonly tls?: unknown; readonly http?: unknown },
  path: string,
): Partial<TransportSettings> {
  const mistakes = new Mistakes()
  const check: Mistakes['check'] = (parse, fallback) => mistakes.check(parse, fallback)
  const settings = {
    ...(tls !== undefined && {
      tls: check(() => toTlsSettings(tls, `${path}.tls`), { ca: [] }),
    }),
    ...(http !== undefined && check(() => toHttpSettings(http, `${path}.http`), {})),
  }
  mistakes.throwAll(path)
  return settings
}

function toHttpSettings(input: unknown, path: string): Partial<TransportSettings> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, 'an object like { h2: true }', input)
  }
  const { h2, handshakes, ...others }: Readonly<Record<string, unknown>> = { ...input }
  const mistakes = new Mistakes()
  for (const name of Object.keys(others)) {
    const message = `${path}.${name} is not an option; ${knownNames(name, KNOWN)}`
    mistakes.add(UsageError.saying(`${path}.${name}`, message))
  }
  if (h2 !== undefined && typeof h2 !== 'boolean') {
    mistakes.add(new UsageError(`${path}.h2`, 'true or false', h2))
  }
  const atOnce =
    handshakes === undefined
      ? undefined
      : mistakes.check(() => toCount(handshakes, `${path}.handshakes`), 1)
  mistakes.throwAll(path)
  return {
    ...(typeof h2 === 'boolean' && { h2 }),
    ...(atOnce !== undefined && { handshakes: atOnce }),
  }
}
