import { sendJson as send, type Call } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from '../../services/router.ts'
import type { Accounts } from './accounts.ts'
import { bearerOf, readTexts } from './read-texts.ts'

const sendJson = ({ response }: Call, status: number, value: unknown): void =>
  send(response, status, value)

export const healthRoutes = (accounts: Accounts, workerUrl: string): Routes => ({
  'GET /': (call) => sendJson(call, 200, { name: 'backend template' }),
  'GET /docs': ({ response }) => void response.end('<!doctype html><title>API</title>'),
  'GET /api/v1/health/': async (call) => {
    const tasks = await ask(workerUrl, '/health')
    sendJson(call, 200, { status: 'healthy', accounts: accounts.count(), tasks })
  },
  'GET /api/v1/health/database': (call) =>
    sendJson(call, 200, { status: 'healthy', accounts: accounts.count() }),
  'GET /api/v1/health/ping': (call) => sendJson(call, 200, { message: 'pong' }),
})

export const authRoutes = (accounts: Accounts): Routes => ({
  'POST /api/v1/auth/register': async (call) => {
    const { username, email, password } = await readTexts(call, ['username', 'email', 'password'])
    sendJson(call, 201, await accounts.register(username, email, password))
  },
  'POST /api/v1/auth/login': async (call) => {
    const { username, password } = await readTexts(call, ['username', 'password'])
    sendJson(call, 200, await accounts.login(username, password))
  },
  'GET /api/v1/auth/me': (call) => sendJson(call, 200, accounts.profile(bearerOf(call))),
  'PUT /api/v1/auth/me': async (call) => {
    const { name } = await readTexts(call, ['name'])
    sendJson(call, 200, accounts.rename(bearerOf(call), name))
  },
  'POST /api/v1/auth/change-password': async (call) => {
    const { before, next } = await readTexts(call, ['before', 'next'])
    await accounts.changePassword(bearerOf(call), before, next)
    sendJson(call, 200, { message: 'changed' })
  },
  'POST /api/v1/auth/refresh': async (call) => {
    const { refresh_token } = await readTexts(call, ['refresh_token'])
    sendJson(call, 200, accounts.refresh(refresh_token))
  },
  'POST /api/v1/auth/logout': (call) => {
    accounts.logout(bearerOf(call))
    sendJson(call, 200, { message: 'bye' })
  },
  // No mail is sent; whether there is such an account is nobody's business.
  'POST /api/v1/auth/forgot-password': async (call) => {
    await readTexts(call, ['email'])
    sendJson(call, 202, { message: 'if there is such an account, a mail is on its way' })
  },
})

/** What the worker says of its tasks. */
export const taskRoutes = (workerUrl: string): Routes => ({
  'GET /api/v1/tasks/health': async (call) => sendJson(call, 200, await ask(workerUrl, '/health')),
  'GET /api/v1/tasks/workers/stats': async (call) =>
    sendJson(call, 200, await ask(workerUrl, '/stats')),
  'GET /api/v1/tasks/active': async (call) => sendJson(call, 200, await ask(workerUrl, '/active')),
})

/** @throws HttpError 503 when the worker does not answer */
async function ask(workerUrl: string, path: string): Promise<unknown> {
  try {
    const answer = await fetch(workerUrl + path)
    return await answer.json()
  } catch {
    throw new HttpError(503, 'the worker does not answer')
  }
}
