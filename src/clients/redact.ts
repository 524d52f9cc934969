/** Field names whose values are secret, in JSON, forms, queries and headers. */
const KEYS =
  'pass(?:word|wd|code)?|secret|api[_-]?key|authorization|cookie|session[_-]?key|credential'
const SECRET = `${KEYS}|token`

/** Whether the value under a name is secret. */
export const SECRET_NAME = new RegExp(SECRET, 'i')

// A number of tokens is no secret: `"total_tokens": 12`.
const JSON_NUMBER = new RegExp(`("[^"]*(?:${KEYS})[^"]*"\\s*:\\s*)-?\\d[\\d.]*`, 'gi')
const JSON_FIELD = new RegExp(
  `("[^"]*(?:${SECRET})[^"]*"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|\\\\"[^"]*"?)`,
  'gi',
)
const USER_INFO = /(\/\/)[^/?#\s"@]+@/g
const FORM_FIELD = new RegExp(`((?:^|[?&;\\s])[^=&?\\s"]*(?:${SECRET})[^=&\\s"]*=)[^&;\\s"]*`, 'gi')
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
const JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g

/** A text without secrets: values of telling fields, bearer tokens and JWTs are `[redacted]`. */
export function redact(text: string): string {
  return text
    .replaceAll(JSON_FIELD, '$1"[redacted]"')
    .replaceAll(JSON_NUMBER, '$1"[redacted]"')
    .replaceAll(FORM_FIELD, '$1[redacted]')
    .replaceAll(USER_INFO, '$1[redacted]@')
    .replaceAll(BEARER, '$1 [redacted]')
    .replaceAll(JWT, '[redacted]')
}

/** The start of a body as an error shows it: one line, at most 200 characters, secrets taken out. */
export function bodyStart(body: Uint8Array | string): string | undefined {
  const head = typeof body === 'string' ? body.slice(0, 1_000) : decode(body.subarray(0, 1_000))
  const line = redact(head)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  if (line === '') return undefined
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

/** As a stream, so that a character cut in two at the end is left out. */
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes, { stream: true })
