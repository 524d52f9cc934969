import { fetch as undiciFetch, FormData, type RequestInit } from 'undici'
import { UsageError } from '../errors/usage-error.ts'
import type { Caller } from './caller.ts'
import { RelayDispatcher } from './relay.ts'
import { noBaseUrl } from './target.ts'

/** WHATWG fetch, recorded: for SDKs that take a `fetch`. */
export type RecordedFetch = typeof globalThis.fetch

/**
 * A `fetch` whose every request is recorded under method and path, over the caller's own
 * connections. A status of 400 and above is resolved, as fetch does, and counts as a failure. Bodies of
 * server-sent events give TTFT and TTCT too.
 */
export function createFetch(caller: Caller, baseUrl: string | undefined): RecordedFetch {
  const dispatcher = new RelayDispatcher(caller)
  const recorded = async (
    input: string | URL | Request,
    init?: globalThis.RequestInit,
  ): Promise<unknown> => {
    caller.admit('fetch')
    const request = await plainRequest(input, init)
    const body =
      request.init.body instanceof globalThis.FormData
        ? ownFormData(request.init.body)
        : request.init.body
    const headers = uncompressed(request.init.headers, body)
    const target = typeof request.url === 'string' ? absolute(request.url, baseUrl) : request.url
    // A Request that is collected takes its signal along, and an abort would never be heard of.
    const through =
      input instanceof globalThis.Request ? new RelayDispatcher(caller, input) : dispatcher
    const own = headers === undefined ? {} : { headers }
    return undiciFetch(target, {
      ...request.init,
      ...own,
      body,
      dispatcher: through,
    } as RequestInit)
  }
  // undici's Response is the class that Node's own fetch gives, in another copy.
  return recorded as RecordedFetch
}

const STREAM = /text\/event-stream|ndjson|jsonl/
const ASKED = /"stream"\s*:\s*true/

/**
 * The headers of a call that asks for a stream, by its `accept` or as the APIs of models do in the body:
 * without compression, since the tokens of a compressed stream cannot be told apart by their arrival. What
 * the caller says of compression itself stands. `undefined` when nothing is to be changed.
 */
function uncompressed(
  given: globalThis.RequestInit['headers'],
  body: unknown,
): Headers | undefined {
  const headers = new Headers(given)
  const streams =
    STREAM.test(headers.get('accept') ?? '') || (typeof body === 'string' && ASKED.test(body))
  if (!streams || headers.has('accept-encoding')) return undefined
  headers.set('accept-encoding', 'identity')
  return headers
}

/** The URL of a path on the service under test; a whole URL stays as it is. */
export function createUrl(baseUrl: string | undefined): (path?: string) => string {
  return (path = '') => {
    if (/^https?:\/\//.test(path)) return path
    return under(baseUrl, path === '' || path.startsWith('/') ? path : `/${path}`)
  }
}

function absolute(url: string, baseUrl: string | undefined): string {
  if (URL.canParse(url)) return url
  if (url.startsWith('/') || baseUrl === undefined) return under(baseUrl, url)
  throw new UsageError('path', "a path that starts with '/' or a whole URL", url)
}

function under(baseUrl: string | undefined, path: string): string {
  if (baseUrl === undefined) throw noBaseUrl('fetch')
  return baseUrl.replace(/\/$/, '') + path
}

/** A Request of Node's own fetch is unknown to another copy of undici, so it is taken apart. */
async function plainRequest(
  input: string | URL | Request,
  init: globalThis.RequestInit = {},
): Promise<{ url: string | URL; init: globalThis.RequestInit }> {
  if (!(input instanceof globalThis.Request)) return { url: input, init }
  const { method, headers, signal, redirect } = input
  const body = input.body === null ? null : await input.arrayBuffer()
  return {
    url: input.url,
    init: {
      method,
      headers: [...headers],
      signal,
      redirect,
      ...(body !== null && { body }),
      ...init,
    },
  }
}

function ownFormData(form: globalThis.FormData): FormData {
  const own = new FormData()
  for (const [name, value] of form) {
    if (typeof value === 'string') own.append(name, value)
    else own.append(name, value, value.name)
  }
  return own
}
