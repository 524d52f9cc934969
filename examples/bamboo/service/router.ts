import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Bamboo } from './bamboo.ts'
import { sendJson, type Call } from './call.ts'
import { applyFaults } from './faults.ts'
import { errorBody, HttpError } from './http-error.ts'

export type Handler = (call: Call) => void | Promise<void>

/** Handlers by method and path: `POST /api/v1/sessions/{id}/chat`. */
export type Routes = Readonly<Record<string, Handler>>

/** Answers every request, errors included; never rejects. */
export function router(bamboo: Bamboo, routes: Routes): RequestListener {
  return (request, response) => {
    bamboo.leak()
    void answer(routes, request, response).catch((error: unknown) => fail(response, error))
  }
}

async function answer(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const { pattern, id } = locate(path)
  await applyFaults(request.headers)
  const handler = routes[`${request.method} ${pattern}`]
  if (handler === undefined) throw notHere(routes, pattern, path)
  if (!response.destroyed) {
    await handler({ request, response, id, query: new URLSearchParams(query) })
  }
}

function locate(path: string): { readonly pattern: string; readonly id: string } {
  const [, id, rest = ''] = /^\/api\/v1\/sessions\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (id === undefined) return { pattern: path, id: '' }
  return { pattern: `/api/v1/sessions/{id}${rest}`, id: decode(id) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new HttpError(400, `malformed path segment ${text}`)
  }
}

function notHere(routes: Routes, pattern: string, path: string): HttpError {
  const methods = Object.keys(routes)
    .filter((route) => route.endsWith(` ${pattern}`))
    .map((route) => route.slice(0, route.indexOf(' ')))
  if (methods.length === 0) return new HttpError(404, `nothing at ${path}`)
  return new HttpError(405, `use ${methods.join(' or ')} at ${path}`)
}

function fail(response: ServerResponse, error: unknown): void {
  const status = error instanceof HttpError ? error.status : 500
  const message = error instanceof Error ? error.message : String(error)
  if (response.headersSent) response.destroy()
  else sendJson(response, status, errorBody(status, message))
}
