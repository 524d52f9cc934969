import type { Caller } from './caller.ts'
import type { Headers } from './remembered.ts'

/**
 * The headers of a call with what tells who makes it: the cookies, and what the user remembers. What
 * the call says itself wins. Gives the same object when there is nothing to add.
 */
export function identified(caller: Caller, url: string, headers: Headers): Headers {
  const cookie = caller.cookies.header(url)
  const remembered = caller.remembered.of(url)
  if (cookie === undefined && remembered === undefined) return headers
  // `fetch` keeps the names of headers as they were written.
  const written = new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]))
  const all: Record<string, string> = { ...headers }
  for (const [name, value] of Object.entries(remembered ?? {})) {
    if (!written.has(name)) all[name] = value
  }
  if (cookie !== undefined) {
    const name = written.get('cookie') ?? 'cookie'
    all[name] = all[name] === undefined ? cookie : `${all[name]}; ${cookie}`
  }
  return all
}
