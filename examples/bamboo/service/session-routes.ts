import { randomUUID } from 'node:crypto'
import type { Bamboo } from './bamboo.ts'
import { isObject, readJson, sendJson, type Call, type JsonObject } from '../../services/call.ts'
import { cutOf, gapOf } from './faults.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from '../../services/router.ts'
import { countTokens, sendStream } from './stream.ts'

export function sessionRoutes(bamboo: Bamboo): Routes {
  return {
    'GET /health': ({ response }) => sendJson(response, 200, { status: 'ok' }),
    'POST /api/v1/sessions': (call) => open(bamboo, call),
    'GET /api/v1/sessions/{id}': (call) => show(bamboo, call),
    'DELETE /api/v1/sessions/{id}': (call) => remove(bamboo, call),
    'GET /api/v1/sessions/{id}/history': (call) => history(bamboo, call),
    'POST /api/v1/sessions/{id}/stop': (call) => stop(bamboo, call),
    'POST /api/v1/sessions/{id}/chat': (call) => chat(bamboo, call),
    'POST /api/v1/sessions/{id}/stream': async (call) =>
      stream(bamboo, call, await readJson(call.request)),
    // What a browser's EventSource can do: GET, with the message in the query.
    'GET /api/v1/sessions/{id}/stream': (call) =>
      stream(bamboo, call, { message: call.query.get('message') }),
  }
}

async function open(bamboo: Bamboo, { request, response }: Call): Promise<void> {
  const { session_id: given } = await readJson(request)
  const id = given === undefined || given === null ? randomUUID() : given
  if (typeof id !== 'string' || id === '') {
    throw new HttpError(400, 'session_id must be a non-empty string')
  }
  sendJson(response, bamboo.store.create(id) ? 201 : 200, { session_id: id })
}

function show(bamboo: Bamboo, { response, id }: Call): void {
  bamboo.mustKnow(id)
  sendJson(response, 200, { session_id: id, messages: bamboo.store.history(id).length })
}

function remove(bamboo: Bamboo, { response, id }: Call): void {
  bamboo.mustKnow(id)
  bamboo.conversations.stop(id)
  bamboo.store.remove(id)
  response.writeHead(204).end()
}

function history(bamboo: Bamboo, { response, id }: Call): void {
  bamboo.mustKnow(id)
  sendJson(response, 200, bamboo.store.history(id))
}

function stop(bamboo: Bamboo, { response, id }: Call): void {
  bamboo.mustKnow(id)
  sendJson(response, 200, { stopped: bamboo.conversations.stop(id) })
}

async function chat(bamboo: Bamboo, { request, response, id }: Call): Promise<void> {
  const message = messageOf(await readJson(request))
  bamboo.mustKnow(id)
  const tokenGap = gapOf(request.headers)
  bamboo.admit()
  const running = bamboo.conversations.say(id, message, { tokenGap })
  response.once('close', running.stop)
  const { reply, tokens, stopped } = await running.ended
  sendJson(response, 200, stopped ? { reply, tokens, stopped } : { reply, tokens })
}

async function stream(bamboo: Bamboo, call: Call, body: JsonObject): Promise<void> {
  bamboo.mustKnow(call.id)
  const message = messageOf(body)
  const tokenGap = gapOf(call.request.headers)
  bamboo.admit()
  const wantsUsage = isObject(body.stream_options) && body.stream_options.include_usage === true
  const options = {
    id: `chatcmpl-${randomUUID()}`,
    model: 'bamboo',
    cut: cutOf(call.request.headers),
    promptTokens: wantsUsage ? countTokens(message) : undefined,
  }
  await sendStream(call.response, options, (onToken) =>
    bamboo.conversations.say(call.id, message, { onToken, tokenGap }),
  )
}

function messageOf({ message }: JsonObject): string {
  if (typeof message === 'string' && message !== '') return message
  throw new HttpError(400, 'message must be a non-empty string')
}
