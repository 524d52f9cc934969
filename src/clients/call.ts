import type { SeriesOptions } from '../metrics/series-options.ts'
import type { Series } from '../metrics/series.ts'
import { PART, type Recorder } from '../metrics/recorder.ts'
import type { DurationInput } from '../units/units.ts'
import type { Expectation, Operation } from './answer.ts'
import { bodyOf, checkOptions, queryOf } from './call-parts.ts'
import type { Caller } from './caller.ts'
import { templateOf, type Route } from './route.ts'
import { joinTags, type Tags } from './tags.ts'
import { locate, type Target } from './target.ts'
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
  /** Words to set limits by: `'#read': { p95: '200ms' }`. Those of one name are put together. */
  readonly tags?: Tags
  /** The total time, or its parts. */
  readonly timeout?: DurationInput | TimeoutOptions
}

/** What all calls of a client have in common. */
export interface ClientDefaults {
  readonly baseUrl: string | undefined
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
  readonly tags?: Tags | undefined
}

/** What calls of one method to one path have in common, as long as they are recorded in one place. */
export interface Endpoint {
  readonly method: Method
  readonly target: Target
  /** Method and template. */
  readonly name: string
  readonly recorder: Recorder
}

/** A call, ready to be sent. */
export interface Prepared extends Omit<Target, 'before'> {
  readonly method: Method
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  readonly expect: Expectation
  readonly timeouts: Timeouts
  readonly name: string
  readonly tags: Tags | undefined
}

/** @throws UsageError when it is not known where the path leads */
export function toEndpoint(
  method: Method,
  path: string | Route,
  defaults: ClientDefaults,
  recorder: Recorder,
): Endpoint {
  const raw = typeof path === 'string' ? path : path.path
  const target = locate(raw, defaults.baseUrl, defaults.prefix)
  const template =
    typeof path === 'string' ? templateOf(target.path) : templateOf(target.before) + path.template
  return { method, target, name: `${method} ${template}`, recorder }
}

/** Everything about a call that can be known before it is sent. @throws UsageError */
export function prepare(
  { method, target, name }: Endpoint,
  options: CallOptions | undefined,
  defaults: ClientDefaults,
  caller: Caller,
): Prepared {
  const { origin, path, url } = target
  const { timeouts } = caller
  if (options === undefined) {
    const { headers, tags } = defaults
    const plain = { body: null, expect: undefined, timeouts, name, tags }
    return { method, origin, path, url, headers, ...plain }
  }
  checkOptions(options, `http.${method.toLowerCase()}`)
  const query = queryOf(options.query, path.includes('?'))
  const headers = { ...defaults.headers }
  const body = bodyOf(options, headers)
  if (options.headers !== undefined) addHeaders(headers, options.headers)
  return {
    method,
    origin,
    path: path + query,
    url: url + query,
    headers,
    body,
    expect: options.expect,
    timeouts: toTimeouts(options.timeout, 'timeout', timeouts),
    name: options.name ?? name,
    tags: joinTags(defaults.tags, options.tags),
  }
}

function addHeaders(headers: Record<string, string>, own: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(own)) headers[name.toLowerCase()] = own[name] as string
}

/** What of a call says where it is recorded. */
type Recordable = Pick<Prepared, 'url' | 'name'> & {
  readonly method: string
  readonly tags?: Tags | undefined
}

/** Where a call is recorded and how its errors speak of it. */
export function operationOf(
  { method, url, name, tags }: Recordable,
  caller: Caller,
  recorder: Recorder,
  options?: SeriesOptions,
): Operation {
  const series = seriesOf(recorder, caller, name, { ...options, tags })
  return { method, url, name: series.name, series, recorder, tally: caller.tally }
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
