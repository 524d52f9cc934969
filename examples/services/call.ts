import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError } from './http-error.ts'

/** One request on its way through a route. */
export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The `{id}` of the route, decoded; empty when it has none. */
  readonly id: string
  readonly query: URLSearchParams
}

export type JsonObject = Readonly<Record<string, unknown>>

const MOST_BYTES = 10_000_000

/**
 * The request's body; an empty one counts as `{}`.
 * @throws HttpError 400 when it is not a JSON object, 413 beyond 10 MB
 */
export async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const text = await readText(request)
  return text === '' ? {} : parseObject(text)
}

/** The request's body. @throws HttpError 413 beyond 10 MB */
export async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) throw new HttpError(413, 'the body is larger than 10 MB')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** @throws HttpError 400 */
export function parseObject(text: string): JsonObject {
  const value = parse(text)
  if (isObject(value)) return value
  throw new HttpError(400, 'the body must be a JSON object')
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Does nothing when the client has gone. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return
  const text = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpError(400, 'invalid JSON')
  }
}
