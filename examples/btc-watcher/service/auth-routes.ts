import { readText } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from './routes.ts'
import type { Watcher } from './watcher.ts'

/** Log-in by a form, as OAuth 2 has it, and who one is. */
export const authRoutes = (watcher: Watcher): Routes => ({
  'POST /auth/token': {
    operation: 'auth',
    answer: async ({ request }) => {
      const form = new URLSearchParams(await readText(request))
      const [username, password] = [form.get('username') ?? '', form.get('password') ?? '']
      if (username === '' || password === '') {
        throw new HttpError(422, 'username and password must not be empty')
      }
      const account = await watcher.accounts.check(username, password)
      if (account === undefined) throw new HttpError(401, 'wrong username or password')
      const token = watcher.tokens.issue(account.id)
      return { status: 200, body: { access_token: token, token_type: 'bearer' } }
    },
  },
  'GET /auth/me': {
    operation: 'auth',
    answer: ({ request }) => ({ status: 200, body: watcher.caller(request) }),
  },
})
