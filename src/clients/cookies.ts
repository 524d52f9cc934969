import { CookieJar } from 'tough-cookie'
import type { ResponseHeaders } from './exchange.ts'

/** The cookies of one virtual user; costs nothing until the first one is set. */
export class Cookies {
  #jar: CookieJar | undefined

  /** Keeps what an answer sets. A cookie for another site is ignored, as a browser does. */
  store(headers: ResponseHeaders, url: string): void {
    const set = headers['set-cookie']
    if (set === undefined) return
    this.#jar ??= new CookieJar(undefined, { rejectPublicSuffixes: false })
    for (const cookie of typeof set === 'string' ? [set] : set) {
      this.#jar.setCookieSync(cookie, url, { ignoreError: true })
    }
  }

  /** The `cookie` header for a URL; `undefined` when there is none to send. */
  header(url: string): string | undefined {
    const header = this.#jar?.getCookieStringSync(url)
    return header === '' ? undefined : header
  }
}
