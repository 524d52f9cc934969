import { randomUUID } from 'node:crypto'
import { defineUser, type HttpClient } from 'vitest-perf'

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

interface Account {
  readonly username: string
  readonly password: string
}

/** The whole life of an account, from the registration to the last log-out. */
export const authFlow = defineUser(
  { name: 'auth flow', weight: 4, thinkTime: ['1s', '3s'] },
  {
    'life of an account': async ({ http, pause }) => {
      const account = await register(http)
      const { access_token, refresh_token } = await login(http, account)
      const mine = http.extend({ bearer: access_token })
      await pause(['100ms', '300ms'])
      await mine.get('/api/v1/auth/me')
      await mine.put('/api/v1/auth/me', { json: { name: 'Somebody Else' } })
      const next = { ...account, password: randomUUID() }
      await mine.post('/api/v1/auth/change-password', {
        json: { before: account.password, next: next.password },
      })
      await pause(['100ms', '300ms'])
      await http.post('/api/v1/auth/refresh', { json: { refresh_token } })
      await mine.post('/api/v1/auth/logout')
      await mine.get('/api/v1/auth/me', { expect: [401], name: 'GET /api/v1/auth/me (logged out)' })
      await login(http, next)
    },
    'forgotten password': ({ http }) =>
      http.post('/api/v1/auth/forgot-password', { json: { email: 'nobody@example.com' } }),
  },
)

async function register(http: HttpClient): Promise<Account> {
  const account = { username: `perf-${randomUUID()}`, password: randomUUID() }
  const json = { ...account, email: `${account.username}@example.com` }
  await http.post('/api/v1/auth/register', { json, expect: [201] })
  return account
}

const login = async (http: HttpClient, account: Account): Promise<Tokens> =>
  (await http.post('/api/v1/auth/login', { json: account })).json<Tokens>()
