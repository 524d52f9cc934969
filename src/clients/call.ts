import { UsageError } from '../errors/usage-error.ts'
import type { Series, SeriesOptions } from '../metrics/series.ts'
import { PART, type Recorder } from '../metrics/recorder.ts'
import type { DurationInput } from '../units/units.ts'
import type { Expectation } from './answer.ts'
import type { Caller } from './caller.ts'
import { templateOf, type Route } from './route.ts'
import { locate } from './target.ts'
import { toTimeouts, type TimeoutOptions, type Timeouts } from './timeouts.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
export type QueryValue =
  | string
  | number
  | boolean
  | undefined
  | readonly (string | number | boolean)[]

/** What a call may say besides its path. Of `json`, `form` and `body` at most one. */
export interface CallOptions {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string | number | boolean>>
  readonly body?: string | Uint8Array
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly headers?: Readonly<Record<string, string>>
  /** What it is recorded under, instead of method and path. */
  readonly name?: string
  /** The statuses that are fine. Default: below 400. `'any'` leaves the judgement to the test. */
  readonly expect?: 'any' | number | readonly number[]
  /** The total time, or its parts. */
  readonly timeout?: DurationInput | TimeoutOptions
}

/** What all calls of a client have in common. */
export interface ClientDefaults {
  readonly baseUrl: string | undefined
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
}

/** A call, ready to be sent. */
export interface Prepared {
  readonly method: Method
  readonly origin: string
  readonly path: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  readonly expect: Expectation
  readonly timeouts: Timeouts
  readonly name: string
}

const KNOWN = new Set([
  'json',
  'form',
  'body',
  'query',
  'headers',
  'name',
  'expect',
  'timeout',
  'wire',
])

/** Everything about a call that can be known before it is sent. @throws UsageError */
export function prepare(
  method: Method,
  path: string | Route,
  options: CallOptions | undefined,
  defaults: ClientDefaults,
  caller: Caller,
): Prepared {
  const template = typeof path === 'string' ? undefined : path.template
  const raw = typeof path === 'string' ? path : path.path
  const target = locate(raw, defaults.baseUrl, defaults.prefix)
  const query =
    options?.query === undefined ? '' : queryOf(options.query, target.path.includes('?'))
  if (options === undefined) {
    const name = nameOf(method, template ?? templateOf(target.path))
    const { headers } = defaults
    return {
      method,
      ...target,
      headers,
      body: null,
      expect: undefined,
      timeouts: caller.timeouts,
      name,
    }
  }
  const headers = { ...defaults.headers }
  checkOptions(options, `http.${method.toLowerCase()}`)
  const body = bodyOf(options, headers)
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers[name.toLowerCase()] = value
  }
  return {
    method,
    origin: target.origin,
    path: target.path + query,
    url: target.url + query,
    headers,
    body,
    expect: options.expect,
    timeouts: toTimeouts(options.timeout, 'timeout', caller.timeouts),
    name: options.name ?? nameOf(method, template ?? templateOf(target.path)),
  }
}

/** The series that a call is recorded in; inside another operation it is one of that one's parts. */
export function seriesOf(
  recorder: Recorder,
  caller: Caller,
  name: string,
  options?: SeriesOptions,
): Series {
  if (caller.partOf === undefined) return recorder.series(name, options)
  return recorder.series(`${caller.partOf}${PART}${name}`, { ...options, part: true })
}

const nameOf = (method: string, template: string): string => `${method} ${template}`

function queryOf(query: Readonly<Record<string, QueryValue>>, hasQuery: boolean): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (Array.isArray(value)) for (const each of value) search.append(name, String(each))
    else search.append(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `${hasQuery ? '&' : '?'}${text}`
}

function bodyOf(options: CallOptions, headers: Record<string, string>): string | Uint8Array | null {
  if (options.json !== undefined) {
    headers['content-type'] ??= 'application/json'
    return JSON.stringify(options.json)
  }
  if (options.form !== undefined) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded'
    const pairs = Object.entries(options.form).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    return new URLSearchParams(pairs).toString()
  }
  return options.body ?? null
}

function checkOptions(options: CallOptions, path: string): void {
  let bodies = 0
  for (const key in options) {
    if (!KNOWN.has(key))
      throw new UsageError(
        `${path} option ${JSON.stringify(key)}`,
        `one of ${[...KNOWN].join(', ')}`,
      )
    const isBody = key === 'json' || key === 'form' || key === 'body'
    if (isBody && options[key] !== undefined) bodies++
  }
  if (bodies > 1) throw new UsageError(path, 'given one of json, form and body, not several')
}
