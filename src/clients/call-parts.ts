import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { CallOptions, QueryValue } from './call.ts'
import { checkTags } from './tags.ts'

const KNOWN = new Set([
  'json',
  'form',
  'body',
  'query',
  'headers',
  'name',
  'expect',
  'tags',
  'timeout',
])

/** @throws UsageError for an option that is none, or for more than one body */
export function checkOptions(options: CallOptions, call: string): void {
  let bodies = 0
  for (const key in options) {
    if (!KNOWN.has(key)) {
      const path = `${call}.${key}`
      throw UsageError.saying(path, `${path} is not an option; ${knownNames(key, [...KNOWN])}`)
    }
    const isBody = key === 'json' || key === 'form' || key === 'body'
    if (isBody && options[key] !== undefined) bodies++
  }
  if (options.tags !== undefined) checkTags(options.tags, `${call}.tags`)
  if (bodies > 1) throw new UsageError(call, 'given one of json, form and body, not several')
}

/** `?a=1&b=2`, to be put behind a path; undefined values are left out, lists repeat their name. */
export function queryOf(
  query: Readonly<Record<string, QueryValue>> | undefined,
  hasQuery: boolean,
): string {
  if (query === undefined) return ''
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (Array.isArray(value)) for (const each of value) search.append(name, String(each))
    else search.append(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `${hasQuery ? '&' : '?'}${text}`
}

/** The body as it is sent; sets its content type unless there is one. */
export function bodyOf(
  options: CallOptions,
  headers: Record<string, string>,
): string | Uint8Array | null {
  if (options.json !== undefined) {
    headers['content-type'] ??= 'application/json'
    return JSON.stringify(options.json)
  }
  if (options.form !== undefined) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded'
    return queryOf(options.form, false).slice(1)
  }
  return options.body ?? null
}
