import { UsageError } from '../errors/usage-error.ts'
import { noBaseUrl } from './target.ts'

export type Headers = Readonly<Record<string, string>>

/** What a user is told to send from now on. */
export interface Memory {
  readonly headers?: Headers
  /** An access token, sent as `authorization: Bearer …`. */
  readonly bearer?: string
}

/**
 * Headers that a user sends with each of its calls to a host, whichever client makes them: what a log-in
 * gave. As with cookies the port does not matter, and no other host is told of them.
 */
export class Remembered {
  readonly #byHost = new Map<string, Headers>()

  /** @throws UsageError for a client that does not know whom it calls, or nothing to remember */
  add(baseUrl: string | undefined, { headers = {}, bearer }: Memory): void {
    if (baseUrl === undefined) throw noBaseUrl('http')
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    const all = { ...lowered(headers), ...authorization }
    if (Object.keys(all).length === 0) {
      const expected = "given an access token or headers, like { bearer: '…' }"
      throw new UsageError('http.remember', expected, { headers, bearer })
    }
    const { hostname } = new URL(baseUrl)
    this.#byHost.set(hostname, { ...this.#byHost.get(hostname), ...all })
  }

  /** The headers for a URL; `undefined` when there are none. */
  of(url: string): Headers | undefined {
    return this.#byHost.size === 0 ? undefined : this.#byHost.get(new URL(url).hostname)
  }
}

/** Names of headers in lower case, so that one is not sent twice. */
export const lowered = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
