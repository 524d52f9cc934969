import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { sendJson, type Call } from './call.ts'
import { errorBody, HttpError } from './http-error.ts'

export type Handler = (call: Call) => void | Promise<void>

/** Handlers by method and path: `POST /api/v1/sessions/{id}/chat`. */
export type Routes = Readonly<Record<string, Handler>>

/** All that can be done at one path. */
interface Place {
  readonly path: RegExp
  readonly handlers: Map<string, Handler>
}

/** Answers every request, errors included; never rejects. `arrive` sees each of them first. */
export function router(
  routes: Routes,
  arrive: (request: IncomingMessage) => void | Promise<void> = () => {},
): RequestListener {
  const places = placesOf(routes)
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    await arrive(request)
    const { handler, id } = locate(places, request.method ?? '', path)
    if (response.destroyed) return
    await handler({ request, response, id, query: new URLSearchParams(query) })
  }
  return (request, response) => {
    void answer(request, response).catch((error: unknown) => fail(response, error))
  }
}

function placesOf(routes: Routes): readonly Place[] {
  const places = new Map<string, Place>()
  for (const [route, handler] of Object.entries(routes)) {
    const [method = '', pattern = ''] = route.split(' ')
    const path = new RegExp(`^${pattern.replace('{id}', '([^/]+)')}$`)
    const place = places.get(pattern) ?? { path, handlers: new Map() }
    place.handlers.set(method, handler)
    places.set(pattern, place)
  }
  return [...places.values()]
}

/** @throws HttpError 404 or 405, or 400 for an id that cannot be decoded */
function locate(places: readonly Place[], method: string, path: string) {
  for (const place of places) {
    const match = place.path.exec(path)
    if (match === null) continue
    const handler = place.handlers.get(method)
    if (handler !== undefined) return { handler, id: decode(match[1] ?? '') }
    throw new HttpError(405, `use ${[...place.handlers.keys()].join(' or ')} at ${path}`)
  }
  throw new HttpError(404, `nothing at ${path}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new HttpError(400, `malformed path segment ${text}`)
  }
}

function fail(response: ServerResponse, error: unknown): void {
  const status = error instanceof HttpError ? error.status : 500
  const message = error instanceof Error ? error.message : String(error)
  if (response.headersSent) response.destroy()
  else sendJson(response, status, errorBody(status, message))
}
