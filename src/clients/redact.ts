import { KNOWN_SECRETS } from './hidden.ts'

/** Field names whose values are secret, in JSON, forms, queries and headers. */
const KEYS =
  'pass(?:word|wd|code)?|secret|api[_-]?key|authorization|cookie|session[_-]?key|credential'
export const TELLING_NAMES = `${KEYS}|token`

/** Values that are secret wherever they stand, whatever they are called. */
const USER_INFO = /(\/\/)[^/?#\s"@]+@/g
const BEARER = /\b(Bearer)\s+[\w.~+/=-]+/gi
const BASIC = /\b(Basic)\s+([\w+/-]+=*)/gi
const JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g

/** How the values of fields are found that have one of these names. */
interface Patterns {
  readonly name: RegExp
  readonly jsonField: RegExp
  readonly jsonNumber: RegExp
  readonly formField: RegExp
  /** `iban: DE02…`; of telling names that would be in too many sentences. */
  readonly named?: RegExp
}

/** What was redacted before stays as it is. */
const UNLESS_DONE = String.raw`(?!\[redacted\])`

// A number of tokens is no secret: `"total_tokens": 12`.
const patternsOf = (names: string, ofNumbers = names): Patterns => ({
  name: new RegExp(names, 'i'),
  jsonField: new RegExp(
    `("[^"]*(?:${names})[^"]*"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|\\\\"[^"]*"?)`,
    'gi',
  ),
  jsonNumber: new RegExp(`("[^"]*(?:${ofNumbers})[^"]*"\\s*:\\s*)-?\\d[\\d.]*`, 'gi'),
  formField: new RegExp(
    `((?:^|[?&;\\s])[^=&?\\s"]*(?:${names})[^=&\\s"]*=)${UNLESS_DONE}[^&;\\s"]*`,
    'gi',
  ),
})

const TELLING = patternsOf(TELLING_NAMES, KEYS)

/** Of the names that the config says; made anew when there are more of them. */
const CONFIGURED: { count: number; patterns: Patterns } = { count: 0, patterns: TELLING }

function configured(): Patterns | undefined {
  const { names } = KNOWN_SECRETS
  if (names.length === 0) return undefined
  if (CONFIGURED.count !== names.length) {
    CONFIGURED.count = names.length
    const any = names.map((name) => name.replaceAll(/\W/g, String.raw`\$&`)).join('|')
    const named = new RegExp(`((?:${any})[\\w-]{0,40}:[ \\t]*)${UNLESS_DONE}[^\\s"',;]+`, 'gi')
    CONFIGURED.patterns = { ...patternsOf(any), named }
  }
  return CONFIGURED.patterns
}

/** Whether the value under a name is secret. */
export const isSecretName = (name: string): boolean =>
  TELLING.name.test(name) || configured()?.name.test(name) === true

/**
 * A text without secrets: the values of telling fields and of those that the config names, bearer tokens, JWTs,
 * and values that are known to be secret are `[redacted]`.
 */
export function redact(text: string): string {
  const more = configured()
  const fields = withoutFields(text, TELLING)
  return KNOWN_SECRETS.hide(more === undefined ? fields : withoutFields(fields, more))
    .replaceAll(USER_INFO, '$1[redacted]@')
    .replaceAll(BEARER, '$1 [redacted]')
    .replaceAll(BASIC, (said, scheme: string, what: string) =>
      isUserAndPassword(what) ? `${scheme} [redacted]` : said,
    )
    .replaceAll(JWT, '[redacted]')
}

/** Base64 of `user:password` (RFC 7617), and not the next word after `basic`. */
const isUserAndPassword = (text: string): boolean =>
  Buffer.from(text, 'base64').toString('latin1').includes(':')

function withoutFields(
  text: string,
  { jsonField, jsonNumber, formField, named }: Patterns,
): string {
  const hidden = text
    .replaceAll(jsonField, '$1"[redacted]"')
    .replaceAll(jsonNumber, '$1"[redacted]"')
    .replaceAll(formField, '$1[redacted]')
  return named === undefined ? hidden : hidden.replaceAll(named, '$1[redacted]')
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
