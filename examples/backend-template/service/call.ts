import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { HttpError } from './http-error.ts'

/** One request on its way through a route. */
export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

type JsonObject = Readonly<Record<string, unknown>>

/**
 * The texts of a JSON body, by name.
 * @throws HttpError 400 for a body that is no JSON object, 422 when one of them is missing
 */
export async function readTexts<Name extends string>(
  { request }: Call,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const body: unknown = await json(request).catch(() => undefined)
  if (typeof body !== 'object' || body === null) throw new HttpError(400, 'the body must be JSON')
  const texts = {} as Record<Name, string>
  for (const name of names) {
    const value = (body as JsonObject)[name]
    if (typeof value !== 'string' || value === '') throw new HttpError(422, `${name} is missing`)
    texts[name] = value
  }
  return texts
}

/** The access token of the call. @throws HttpError 401 */
export function bearerOf({ request }: Call): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2)
  if (scheme === 'Bearer' && token !== undefined) return token
  throw new HttpError(401, 'not authenticated')
}

/** Does nothing when the client has gone. */
export function sendJson(
  { response }: Pick<Call, 'response'>,
  status: number,
  value: unknown,
): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
