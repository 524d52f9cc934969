import { redact, SECRET_NAME } from './redact.ts'

/** Shorter ones are no secrets, and would be found in every other word. */
const LEAST = 6
const MOST = 500
const HIDDEN = '[redacted]'

/** The bare value of a header: behind the scheme, or behind the name of a cookie. */
const VALUES = /[^\s=;,"]{6,}/g
const QUERY_FIELD = /(?:^|[?&;\s])([^=&?\s"]*)=([^&;\s"]*)/g
const USER_INFO = /\/\/([^/?#\s"@]+)@/
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
    return this.#form(url)
  }

  header(name: string, value: string): string {
    if (!SECRET_NAME.test(name)) return this.#form(value)
    for (const [part] of value.matchAll(VALUES)) this.#learn(part)
    return HIDDEN
  }

  /** `cut`: it is the start of a longer one, and may end within a secret. */
  body(text: string, cut = false): string {
    const whole = cut ? text.replace(/[^\s"',;&]*$/, '') : text
    return this.#apply(
      whole
        .split('\n')
        .map((line) => this.#line(line))
        .join('\n'),
    )
  }

  /** A line that is JSON, or an event that holds some, is known field by field. */
  #line(line: string): string {
    const [, head = '', json = ''] = /^(data:\s*)?([[{"].*[\]}"])\s*$/.exec(line) ?? []
    try {
      // Events are streamed text, whose pieces are called tokens too: not to be looked for elsewhere.
      const read = head === '' ? this : new Secrets()
      if (json !== '') return head + JSON.stringify(read.#hidden(JSON.parse(json)))
    } catch {
      // It only looks like JSON.
    }
    const open = [...line.matchAll(OPEN_FIELD)].find(([, name = '']) => SECRET_NAME.test(name))
    return this.#form(open === undefined ? line : `${line.slice(0, open.index)}${HIDDEN}`)
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
      const named = SECRET_NAME.test(name)
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
    return /^\s*[[{]/.test(text) ? this.#line(text) : this.#form(text)
  }

  #form(text: string): string {
    for (const [, name = '', value = ''] of text.matchAll(QUERY_FIELD)) {
      if (!SECRET_NAME.test(name)) continue
      this.#learn(value)
      if (URL.canParse(`http://x?${value}`))
        this.#learn(new URLSearchParams(`x=${value}`).get('x') ?? '')
    }
    return this.#apply(redact(text))
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
