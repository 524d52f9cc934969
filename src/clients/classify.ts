import type { FailureKind } from '../metrics/outcome.ts'

const BY_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  EADDRNOTAVAIL: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOENT: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EPROTO: 'tls',
  ECONNABORTED: 'reset',
  UND_ERR_SOCKET: 'reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'malformed',
}

/** The outcome that an error of the connection stands for; `error` for one that is none. */
export function classifyError(error: unknown): FailureKind {
  // Its code is missing where undici has no name for it.
  if (error instanceof Error && error.name === 'HTTPParserError') return 'malformed'
  const code = errorCode(error)
  if (code === undefined) return 'error'
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (code.startsWith('HTTP2_')) return 'reset'
  if (code.startsWith('HPE_')) return 'malformed'
  if (/^ERR_(TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO_/.test(code)) return 'tls'
  return 'error'
}

/** The code of an error, or of what caused it (an AggregateError of two addresses included). */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  if ('errors' in error && Array.isArray(error.errors)) return errorCode(error.errors[0])
  return 'cause' in error ? errorCode(error.cause) : undefined
}
