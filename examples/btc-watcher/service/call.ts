import type { IncomingMessage } from 'node:http'
import { HttpError } from './http-error.ts'

/** One request on its way through a route. */
export interface Call {
  readonly request: IncomingMessage
  /** The `{id}` of the route; 0 when it has none. */
  readonly id: number
  readonly query: URLSearchParams
}

export type Body = Readonly<Record<string, unknown>>

const MOST_BYTES = 1_000_000

/** @throws HttpError 413 beyond 1 MB */
export async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) throw new HttpError(413, 'the body is larger than 1 MB')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** @throws HttpError 422 when it is not a JSON object */
export async function readJson(request: IncomingMessage): Promise<Body> {
  const value = parse(await readText(request))
  if (isObject(value)) return value
  throw new HttpError(422, 'the body must be a JSON object')
}

export const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A whole number of the query within its bounds. @throws HttpError 422 */
export function countIn(
  query: URLSearchParams,
  name: string,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number {
  const text = query.get(name)
  if (text === null) return fallback
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text)
  throw new HttpError(422, `${name} must be a whole number up to ${most}, got ${text}`)
}

/** One of some words of the query; undefined when it is not there. @throws HttpError 422 */
export function wordIn(
  query: URLSearchParams,
  name: string,
  words: readonly string[],
): string | undefined {
  const text = query.get(name)
  if (text === null || words.includes(text)) return text ?? undefined
  throw new HttpError(422, `${name} must be ${words.join(' or ')}, got ${text}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpError(422, 'the body is not JSON')
  }
}
