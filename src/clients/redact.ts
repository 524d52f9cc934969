/** Field names whose values are secret, in JSON, forms, queries and headers. */
const SECRET = 'pass(?:word|wd)?|secret|token|api[_-]?key|authorization|cookie|session[_-]?key|credential'

const JSON_FIELD = new RegExp(`("[^"]*(?:${SECRET})[^"]*"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^,}\\]\\s]+)`, 'gi')
const FORM_FIELD = new RegExp(`((?:^|[?&;\\s])[^=&?\\s"]*(?:${SECRET})[^=&\\s"]*=)[^&;\\s"]*`, 'gi')
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
const JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g

/** A text without secrets: values of telling fields, bearer tokens and JWTs are `[redacted]`. */
export function redact(text: string): string {
  return text
    .replaceAll(JSON_FIELD, '$1"[redacted]"')
    .replaceAll(FORM_FIELD, '$1[redacted]')
    .replaceAll(BEARER, '$1 [redacted]')
    .replaceAll(JWT, '[redacted]')
}

/** The start of a body as an error shows it: one line, at most 200 characters, secrets taken out. */
export function bodyStart(body: Uint8Array | string): string | undefined {
  const head = typeof body === 'string' ? body.slice(0, 1_000) : Buffer.from(body.subarray(0, 1_000)).toString('utf8')
  const line = redact(head).replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  if (line === '') return undefined
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}
