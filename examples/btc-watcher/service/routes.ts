import { sendJson, type Call } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Handler } from '../../services/router.ts'
import type { Operation } from './operations.ts'
import type { Weather } from './weather.ts'

/** What is answered; without a body it is 204. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
}

/** A call whose `{id}` is a number. */
export interface Asked extends Omit<Call, 'id' | 'response'> {
  readonly id: number
}

export interface Route {
  readonly operation: Operation
  readonly answer: (asked: Asked) => Reply | Promise<Reply>
}

/** Routes by method and path: `POST /strategies/{id}/start`. */
export type Routes = Readonly<Record<string, Route>>

/** Handlers of routes below `/api/v1`, each of which goes through the weather first. */
export function handlersOf(routes: Routes, weather: Weather): Readonly<Record<string, Handler>> {
  const entries = Object.entries(routes).map(([route, { operation, answer }]) => {
    const handler: Handler = async (call) => {
      const asked = { ...call, id: numberOf(call.id) }
      await weather.pass(operation)
      send(call, await answer(asked))
    }
    return [route.replace(' ', ' /api/v1'), handler]
  })
  return Object.fromEntries(entries)
}

function send({ response }: Call, { status, body }: Reply): void {
  if (body !== undefined) sendJson(response, status, body)
  else if (!response.destroyed) response.writeHead(status).end()
}

/** @throws HttpError 404 */
function numberOf(id: string): number {
  if (/^\d{0,15}$/.test(id)) return Number(id)
  throw new HttpError(404, `nothing has the id ${id}`)
}
