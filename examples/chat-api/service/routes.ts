import { randomUUID } from 'node:crypto'
import { readJson, readText, sendJson, type Call, type JsonObject } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from '../../services/router.ts'
import type { ChatApi } from './chat-api.ts'
import { sendEvents } from './events.ts'

const MOST_TOKENS = 4_096

export function routesOf(api: ChatApi): Routes {
  return {
    'GET /health': ({ response }) => sendJson(response, 200, { status: 'healthy' }),
    'POST /api/v1/auth/login': (call) => logIn(api, call),
    'POST /api/v1/sessions': (call) => open(api, call),
    'GET /api/v1/sessions/{id}/history': (call) => history(api, call),
    'POST /api/v1/sessions/{id}/chat': (call) => chat(api, call),
    'POST /api/v1/sessions/{id}/stream': (call) => stream(api, call),
    'POST /api/v1/sessions/{id}/stop': (call) => stop(api, call),
  }
}

/** Takes a form, as OAuth's password flow has it. */
async function logIn(api: ChatApi, { request, response }: Call): Promise<void> {
  const form = new URLSearchParams(await readText(request))
  const token = api.logIn(form.get('username') ?? '', form.get('password') ?? '')
  sendJson(response, 200, { access_token: token, token_type: 'bearer' })
}

function open(api: ChatApi, call: Call): void {
  const user = api.userOf(call)
  const id = randomUUID()
  api.store.createSession(id, user)
  sendJson(call.response, 201, { session_id: id })
}

function history(api: ChatApi, call: Call): void {
  const messages = api.store.history(api.sessionOf(call))
  sendJson(call.response, 200, { messages })
}

async function chat(api: ChatApi, call: Call): Promise<void> {
  const { session, message, tokens } = await questionOf(api, call)
  const running = api.conversations.say(session, message, { tokens })
  call.response.once('close', running.stop)
  sendJson(call.response, 200, await running.ended)
}

async function stream(api: ChatApi, call: Call): Promise<void> {
  const { session, message, tokens } = await questionOf(api, call)
  await sendEvents(call.response, (onToken) =>
    api.conversations.say(session, message, { onToken, tokens }),
  )
}

function stop(api: ChatApi, call: Call): void {
  const stopped = api.conversations.stop(api.sessionOf(call))
  sendJson(call.response, 200, { stopped })
}

interface Question {
  readonly session: string
  readonly message: string
  /** How long the answer is to be, when the question says so. */
  readonly tokens: number | undefined
}

async function questionOf(api: ChatApi, call: Call): Promise<Question> {
  const session = api.sessionOf(call)
  const body = await readJson(call.request)
  const question = { session, message: messageOf(body), tokens: tokensOf(body) }
  api.admit()
  return question
}

function messageOf({ message }: JsonObject): string {
  if (typeof message === 'string' && message !== '') return message
  throw new HttpError(422, 'message must be a non-empty string')
}

function tokensOf({ max_tokens: tokens }: JsonObject): number | undefined {
  if (tokens === undefined) return undefined
  if (Number.isInteger(tokens) && Number(tokens) >= 1 && Number(tokens) <= MOST_TOKENS) {
    return Number(tokens)
  }
  throw new HttpError(422, `max_tokens must be a whole number from 1 to ${MOST_TOKENS}`)
}
