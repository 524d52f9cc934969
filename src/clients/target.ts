import { UsageError } from '../errors/usage-error.ts'

/** Where a call goes. */
export interface Target {
  readonly origin: string
  /** With its query. */
  readonly path: string
  readonly url: string
  /** What the base URL and a prefix put before the path that was given. */
  readonly before: string
}

/** Lays a path over the base URL, or takes a whole URL as it is. @throws UsageError */
export function locate(path: string, baseUrl: string | undefined, prefix: string): Target {
  if (path.startsWith('/') && baseUrl !== undefined) {
    const base = splitBase(baseUrl)
    const before = base.path + prefix
    const full = encoded(before + path)
    return { origin: base.origin, path: full, url: base.origin + full, before }
  }
  if (/^https?:\/\//.test(path)) {
    const { origin, pathname, search } = parse(path, 'path')
    return { origin, path: pathname + search, url: origin + pathname + search, before: '' }
  }
  if (baseUrl === undefined) throw noBaseUrl('http')
  throw new UsageError('path', "a path that starts with '/' or a whole URL", path)
}

/** The error of a client that does not know whom to call. */
export function noBaseUrl(client: string): UsageError {
  return UsageError.saying(
    'baseUrl',
    `${client} does not know which service to call: set perf({ baseUrl: 'http://127.0.0.1:8080' }) in the Vitest config, or PERF_BASE_URL`,
  )
}

/** Base URLs come again and again, and there are few of them. */
const bases = new Map<string, { readonly origin: string; readonly path: string }>()

function splitBase(baseUrl: string): { readonly origin: string; readonly path: string } {
  const known = bases.get(baseUrl)
  if (known !== undefined) return known
  const { origin, pathname } = parse(baseUrl, 'baseUrl')
  const base = { origin, path: pathname.replace(/\/$/, '') }
  bases.set(baseUrl, base)
  return base
}

function parse(url: string, what: string): URL {
  const parsed = URL.parse(url)
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return parsed
  throw new UsageError(what, "a URL like 'http://127.0.0.1:8080'", url)
}

/** What a request line cannot hold (spaces, umlauts), percent-encoded; a fragment is left out. */
function encoded(path: string): string {
  const sent = path.includes('#') ? path.slice(0, path.indexOf('#')) : path
  return /[^!-~]/.test(sent) ? sent.replaceAll(/[^!-~]+/g, encodeURIComponent) : sent
}
