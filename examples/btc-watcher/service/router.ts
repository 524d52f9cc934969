import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Call } from './call.ts'
import { HttpError } from './http-error.ts'
import type { Operation } from './operations.ts'
import type { Weather } from './weather.ts'

/** What is answered: a status with its body. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
}

export interface Route {
  readonly operation: Operation
  readonly answer: (call: Call) => Reply | Promise<Reply>
}

/** Routes by method and path: `POST /strategies/{id}/start`. */
export type Routes = Readonly<Record<string, Route>>

const PREFIX = '/api/v1'

/** Answers every request, errors included; never rejects. */
export function router(routes: Routes, weather: Weather): RequestListener {
  return (request, response) => {
    void answer(routes, weather, request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, failed(error)),
    )
  }
}

async function answer(routes: Routes, weather: Weather, request: IncomingMessage): Promise<Reply> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  if (path === '/health') return { status: 200, body: { status: 'ok' } }
  const { pattern, id } = locate(path)
  const route = routes[`${request.method} ${pattern}`]
  if (route === undefined) throw notHere(routes, pattern, path)
  await weather.pass(route.operation)
  return route.answer({ request, id, query: new URLSearchParams(query) })
}

/** The number in a path, and the path with `{id}` in its place. */
function locate(path: string): { readonly pattern: string; readonly id: number } {
  const plain = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : ''
  const [, id] = /\/(\d+)(?:\/|$)/.exec(plain) ?? []
  if (id === undefined) return { pattern: plain, id: 0 }
  return { pattern: plain.replace(id, '{id}'), id: Number(id) }
}

function notHere(routes: Routes, pattern: string, path: string): HttpError {
  const methods = Object.keys(routes)
    .filter((route) => route.endsWith(` ${pattern}`))
    .map((route) => route.slice(0, route.indexOf(' ')))
  if (methods.length === 0) return new HttpError(404, `nothing at ${path}`)
  return new HttpError(405, `use ${methods.join(' or ')} at ${path}`)
}

function failed(error: unknown): Reply {
  const status = error instanceof HttpError ? error.status : 500
  return { status, body: { detail: error instanceof Error ? error.message : String(error) } }
}

function send(response: ServerResponse, { status, body }: Reply): void {
  if (response.destroyed) return
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(status !== 204 && { 'content-length': Buffer.byteLength(text) }),
  })
  response.end(text)
}
