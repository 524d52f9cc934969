import { isSecretName, redact, TELLING_NAMES } from './redact.ts'

/** Shorter ones are no secrets, and would be found in every other word. */
const LEAST = 6
const MOST = 500
const HIDDEN = '[redacted]'
/** Characters of a text that is no JSON. */
const MOST_TEXT = 2_200

/** The bare value of a header: behind the scheme, or behind the name of a cookie. */
const VALUES = /[^\s=;,"]{6,}/g
const QUERY_FIELD = /(?:^|[?&;\s])([^=&?\s"]*)=([^&;\s"]*)/g
const USER_INFO = /\/\/([^/?#\s"@]+)@/
/** `password: hunter2` and `<password>hunter2`. */
const NAMED = new RegExp(
  `((?:\\b[\\w-]{0,40}(?:${TELLING_NAMES})[\\w-]{0,40}:|<[\\w-]{0,40}(?:${TELLING_NAMES})[\\w-]{0,40}>)[ \\t]*)[^\\s<"[{]+`,
  'gi',
)
const MULTIPART = /^content-disposition:\s*form-data/im
/** A list or an object under a telling name, in a text that is no whole JSON. */
const OPEN_FIELD = /"([^"]*)"\s*:\s*[[{]/g

/**
 * Takes secrets out of what is logged: values under telling names, and these very values wherever they
 * come again, a token of a log-in in a socket's message.
 */
export class Secrets {
  readonly #known = new Set<string>()

  url(url: string): string {
    const [, userInfo = ''] = USER_INFO.exec(url) ?? []
    for (const part of userInfo.split(':')) this.#learn(part)
    return this.#plain(url)
  }

  header(name: string, value: string): string {
    if (!isSecretName(name)) return this.#plain(value)
    for (const [part] of value.matchAll(VALUES)) this.#learn(part)
    return HIDDEN
  }

  /** `cut`: it is the start of a longer one, and may end within a secret. */
  body(text: string, cut = false): string {
    if (MULTIPART.test(text)) return '(a form of several parts)'
    return this.#apply(this.#json(text) ?? this.#plain(text, cut))
  }

  /** Only so much as is shown: the patterns of a text take long for a long one. */
  #plain(text: string, cut = false): string {
    const start = text.slice(0, MOST_TEXT)
    const whole = cut || start !== text ? start.replace(/[^\s"',;&]*$/, '') : text
    return this.#lines(whole.split('\n')).join('\n')
  }

  /** Line by line, up to a list or an object under a telling name, of which it is not known where it ends. */
  #lines(lines: readonly string[]): readonly string[] {
    const shown: string[] = []
    for (const line of lines) {
      const open = [...line.matchAll(OPEN_FIELD)].find(([, name = '']) => isSecretName(name))
      const event = this.#event(line) ?? this.#json(line)
      if (event === undefined && open !== undefined) {
        return [...shown, this.#form(line.slice(0, open.index)) + HIDDEN]
      }
      shown.push(event ?? this.#form(line))
    }
    return shown
  }

  /** Events are streamed text, whose pieces are called tokens too: not to be looked for elsewhere. */
  #event(line: string): string | undefined {
    const [, head, json = ''] = /^(data:\s*)(.*)$/.exec(line) ?? []
    const hidden = head === undefined ? undefined : new Secrets().#json(json)
    return hidden === undefined ? undefined : head + hidden
  }

  /** JSON is known field by field; `undefined` for a text that is none. */
  #json(text: string): string | undefined {
    if (!/^\s*[[{"]/.test(text)) return undefined
    try {
      return JSON.stringify(this.#hidden(JSON.parse(text)))
    } catch {
      return undefined
    }
  }

  /** A count of tokens is no secret, nor is whether there is a password. */
  #hidden(value: unknown, secret = false): unknown {
    if (typeof value === 'string') {
      if (!secret) return this.#text(value)
      this.#learn(value)
      return HIDDEN
    }
    if (Array.isArray(value)) return value.map((each) => this.#hidden(each, secret))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
      const named = isSecretName(name)
      const count = typeof each === 'number' && /token/i.test(name)
      return [
        name,
        named && !count && typeof each === 'number' ? HIDDEN : this.#hidden(each, secret || named),
      ]
    })
    return Object.fromEntries(entries)
  }

  /** A text within JSON may be JSON again. */
  #text(text: string): string {
    return this.#json(text) ?? this.#plain(text)
  }

  #form(text: string): string {
    for (const [, name = '', value = ''] of text.matchAll(QUERY_FIELD)) {
      if (!isSecretName(name)) continue
      this.#learn(value)
      if (URL.canParse(`http://x?${value}`))
        this.#learn(new URLSearchParams(`x=${value}`).get('x') ?? '')
    }
    return this.#apply(redact(text).replaceAll(NAMED, `$1${HIDDEN}`))
  }

  #apply(text: string): string {
    let hidden = text
    for (const secret of this.#known) hidden = hidden.replaceAll(secret, HIDDEN)
    return hidden
  }

  #learn(value: string): void {
    if (value.length >= LEAST && value !== HIDDEN && this.#known.size < MOST) this.#known.add(value)
  }
}
