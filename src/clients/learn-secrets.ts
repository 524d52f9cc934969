import type { Dispatcher } from 'undici'
import { KNOWN_SECRETS, type HiddenValues } from './hidden.ts'
import { isSecretName } from './redact.ts'

/** Longer bodies are no log-ins. */
const MOST_BODY = 4_000
const QUERY_FIELD = /[?&]([^=&]+)=([^&#]+)/g
const USER_INFO = /\/\/([^/?#\s"@]+)@/
/** The bare value of a header: behind the scheme, or behind the name of a cookie. */
const VALUES = /[^\s=;,"]+/g

/** Keeps what a call sends under telling names, so that it is known wherever it comes again. */
export function learnFromCall(
  origin: string,
  { path, headers, body }: Dispatcher.DispatchOptions,
  known: HiddenValues = KNOWN_SECRETS,
): void {
  known.looked()
  learnFromUrl(origin + path, known)
  learnFromHeaders(headers, known)
  if (typeof body === 'string' && body.length <= MOST_BODY) learnFromBody(body, known)
}

/** User info, and fields of the query. */
export function learnFromUrl(url: string, known: HiddenValues = KNOWN_SECRETS): void {
  const [, userInfo = ''] = USER_INFO.exec(url) ?? []
  for (const part of userInfo.split(':')) known.learn(part)
  learnFields(url, known)
}

export function learnFromHeaders(headers: unknown, known: HiddenValues = KNOWN_SECRETS): void {
  if (typeof headers !== 'object' || headers === null) return
  const pairs = Array.isArray(headers) ? pairsOf(headers) : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (!isSecretName(name)) continue
    for (const [part] of String(value).matchAll(VALUES)) known.learn(part)
  }
}

/** Keeps what a message of a socket says under telling names. */
export function learnFromMessage(
  data: string | Uint8Array | ArrayBuffer,
  known: HiddenValues = KNOWN_SECRETS,
): void {
  known.looked()
  if (typeof data === 'string' && data.length <= MOST_BODY) learnFromBody(data, known)
}

/** JSON or a form. */
export function learnFromBody(body: string, known: HiddenValues = KNOWN_SECRETS): void {
  if (!/^\s*[[{]/.test(body)) return learnFields(`?${body}`, known)
  try {
    learnFromJson(JSON.parse(body), known)
  } catch {
    return
  }
}

/** The values of variables with telling names. */
export function learnFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  known: HiddenValues = KNOWN_SECRETS,
): void {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (isSecretName(name)) known.learn(value)
  }
}

function learnFromJson(value: unknown, known: HiddenValues): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) {
    if (typeof each === 'string' && isSecretName(name)) known.learn(each)
    else learnFromJson(each, known)
  }
}

function learnFields(text: string, known: HiddenValues): void {
  for (const [, name = '', value = ''] of text.matchAll(QUERY_FIELD)) {
    if (!isSecretName(name)) continue
    known.learn(value)
    if (URL.canParse(`http://x?${value}`)) {
      known.learn(new URLSearchParams(`x=${value}`).get('x') ?? '')
    }
  }
}

const pairsOf = (flat: readonly unknown[]): (readonly [string, unknown])[] =>
  flat.flatMap((name, at) => (at % 2 === 0 ? [[String(name), flat[at + 1]] as const] : []))
