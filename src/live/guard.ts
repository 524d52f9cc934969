import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { MiddlewareHandler } from 'hono'
import { isToken } from './token.ts'

/** Who is let in. */
export interface Entrance {
  readonly token: string
  /** What the server listens on: `127.0.0.1`. */
  readonly host: string
}

/**
 * Refuses requests that were not sent to this server by its own name: a page elsewhere may have a name of its
 * own that leads here (DNS rebinding), but no browser lets it say another one.
 */
export const ownHost =
  ({ host }: Entrance): MiddlewareHandler =>
  async (context, next) => {
    const named = nameOf(context.req.header('host'))
    if (named === undefined || !isOwn(named, host)) {
      return context.json({ error: `this server is not called ${named ?? 'so'}` }, 403)
    }
    return next()
  }

/** Refuses what another page sends, even one of another port of this machine. */
export const ownOrigin: MiddlewareHandler = async (context, next) => {
  const { req } = context
  const origin = req.header('origin')
  const site = req.header('sec-fetch-site')
  const own = origin === undefined || origin === `http://${req.header('host')}`
  const asked = site === undefined || site === 'same-origin' || site === 'none'
  if (own && asked) return next()
  return context.json({ error: 'this request comes from another page' }, 403)
}

/** Refuses who does not have the token; only what is read takes it in its address, too. */
export const withToken =
  ({ token }: Entrance): MiddlewareHandler =>
  async (context, next) => {
    const { req } = context
    const [, bearer] = /^Bearer (\S+)$/i.exec(req.header('authorization') ?? '') ?? []
    const inAddress = req.method === 'GET' ? req.query('token') : undefined
    if (isToken(bearer ?? inAddress, token)) return next()
    const error = 'the token is missing or wrong: vitest-perf dashboard prints the address with it'
    return context.json({ error }, 401, { 'www-authenticate': 'Bearer' })
  }

/** Refuses what a form of another page could send. */
export const jsonOnly: MiddlewareHandler = async (context, next) => {
  const [type = ''] = (context.req.header('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() === 'application/json') return next()
  return context.json({ error: 'the body has to be application/json' }, 415)
}

/** Without its port. */
function nameOf(header: string | undefined): string | undefined {
  const url = `http://${header ?? ''}`
  return header !== undefined && URL.canParse(url)
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : undefined
}

/** Numbers cannot be rebound; of names only those that lead to this machine. */
const isOwn = (name: string, host: string): boolean =>
  name === 'localhost' ||
  name === host ||
  (isLoopback(host) ? isLoopback(name) : isIP(name) > 0 || name === hostname().toLowerCase())

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
