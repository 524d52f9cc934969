import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import type { Caller } from './caller.ts'
import { checkTags, joinTags, type Tags } from './tags.ts'
import { toReconnectPlan, type ReconnectOptions, type ReconnectPlan } from './reconnect-plan.ts'
import { lowered } from './remembered.ts'
import { templateOf, type Route } from './route.ts'

/** What `connect` may say besides the path. */
export interface ConnectOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Subprotocols to offer. */
  readonly protocols?: string | readonly string[]
  /** Offers permessage-deflate, which costs several times the CPU of the message itself. Default: false. */
  readonly compress?: boolean
  /** Close codes of the service that are no failure, beside 1000 and 1001. */
  readonly expectClose?: number | readonly number[]
  /** Comes back by itself when its connection is lost: `true`, or how. Default: false. */
  readonly reconnect?: boolean | ReconnectOptions
  /** What it and all that is done on it is recorded under, instead of `WS` and the path. */
  readonly name?: string
  /** Of it and of all that is done on it. */
  readonly tags?: Tags
  /** Until the connection stands. Default: the caller's `connect`, 10 s. */
  readonly timeout?: DurationInput
}

/** What all sockets of a client have in common. */
export interface SocketDefaults {
  /** `ws://`, `wss://`, `http://` or `https://`. */
  readonly wsUrl: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly tags?: Tags | undefined
  /** Of the pauses before a reconnect; default: the same ones every time. */
  readonly random?: () => number
}

/** Where a socket connects to, known before anything is sent, and the same when it reconnects. */
export interface Target {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly protocols: string[]
  readonly compress: boolean
  readonly expectClose: readonly number[]
  readonly reconnect: ReconnectPlan | undefined
  readonly name: string
  readonly tags: Tags | undefined
  readonly timeout: Ms
}

const CONNECT_OPTIONS = [
  'headers',
  'protocols',
  'compress',
  'expectClose',
  'reconnect',
  'name',
  'tags',
  'timeout',
]

/** @throws UsageError */
export function toTarget(
  path: string | Route,
  options: ConnectOptions,
  defaults: SocketDefaults,
  caller: Caller,
): Target {
  checkKeys(options, CONNECT_OPTIONS, 'ws.connect')
  const url = locate(typeof path === 'string' ? path : path.path, defaults.wsUrl)
  const template = typeof path === 'string' ? templateOf(url.pathname) : path.template
  return {
    url: url.href,
    headers: { ...lowered(defaults.headers ?? {}), ...lowered(options.headers ?? {}) },
    protocols: [options.protocols ?? []].flat(),
    compress: options.compress ?? false,
    reconnect: toReconnectPlan(options.reconnect),
    expectClose: [options.expectClose ?? []].flat(),
    name: options.name ?? `WS ${template}`,
    tags: joinTags(defaults.tags, options.tags),
    timeout: timeoutOf(options.timeout, caller.timeouts.connect),
  }
}

export const timeoutOf = (input: DurationInput | undefined, fallback: Ms): Ms =>
  input === undefined ? fallback : toMs(input, 'timeout')

/** @throws UsageError for an option that is none, with the nearest known one */
export function checkKeys(options: object, known: readonly string[], what: string): void {
  for (const [key, value] of Object.entries(options)) {
    const path = `${what} option ${JSON.stringify(key)}`
    if (!known.includes(key)) {
      throw UsageError.saying(path, `${path} is not known; ${knownNames(key, known)}`)
    }
    if (key === 'tags' && value !== undefined) checkTags(value, path)
  }
}

const SCHEMES: Readonly<Record<string, string>> = {
  'ws:': 'ws:',
  'wss:': 'wss:',
  'http:': 'ws:',
  'https:': 'wss:',
}

function locate(path: string, wsUrl: string | undefined): URL {
  if (path.startsWith('/') && wsUrl !== undefined) {
    return parseUrl(parseUrl(wsUrl, 'wsUrl').href.replace(/\/$/, '') + path, 'path')
  }
  if (/^(?:ws|http)s?:\/\//.test(path)) return parseUrl(path, 'path')
  if (wsUrl === undefined) throw noWsUrl()
  throw new UsageError('path', "a path that starts with '/' or a whole URL", path)
}

function parseUrl(text: string, what: string): URL {
  const scheme = URL.canParse(text) ? SCHEMES[new URL(text).protocol] : undefined
  if (scheme === undefined) throw new UsageError(what, "a URL like 'ws://127.0.0.1:8080'", text)
  const url = new URL(text.replace(/^[^:]+:/, scheme))
  url.hash = ''
  return url
}

/** The error of a client that does not know where to connect to. */
function noWsUrl(): UsageError {
  return UsageError.saying(
    'wsUrl',
    `ws does not know which service to connect to: set perf({ wsUrl: 'ws://127.0.0.1:8080' }) in the Vitest config, or PERF_WS_URL; without them baseUrl is taken`,
  )
}
