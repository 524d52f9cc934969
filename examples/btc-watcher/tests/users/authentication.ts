import { defineUser } from 'vitest-perf'
import { Api, type Account } from '../api.ts'
import { endpoints } from '../endpoints.ts'
import { between } from '../sizes.ts'
import { btcWatcherUser, logIn, type Watching } from './base.ts'

/** What a log-in that has to fail may be answered with. */
const REFUSED = [400, 401, 422]

/** Logs in rightly and wrongly. */
export const authenticationUser = defineUser<Watching, Account>(
  { name: 'AuthenticationUser', extends: btcWatcherUser },
  {
    login: { weight: 10, run: ({ state, row }) => state.api.login(row) },
    invalidLogin: {
      weight: 3,
      run: ({ state }) =>
        state.api.login(
          { username: 'invalid', password: 'wrong' },
          endpoints.invalidLogin,
          REFUSED,
        ),
    },
    emptyLogin: {
      weight: 2,
      run: ({ state }) =>
        state.api.login({ username: '', password: '' }, endpoints.emptyLogin, REFUSED),
    },
  },
)

/** Reads what needs a token. */
export const authenticatedReadUser = defineUser<Watching, Account>(
  { name: 'AuthenticatedReadUser', extends: btcWatcherUser },
  {
    currentUser: {
      weight: 10,
      run: async ({ state, row }) => {
        const answer = await state.api.me()
        if (answer.json<Account>().username !== row.username) answer.fail('that is someone else')
      },
    },
    validToken: { weight: 5, run: ({ state }) => state.api.strategies() },
    badToken: { weight: 2, run: ({ state }) => state.api.withBadToken() },
  },
)

/** Logs in and out all the time. Logging out is to forget the token. */
export const highConcurrencyAuthUser = defineUser<Watching, Account>(
  { name: 'HighConcurrencyAuthUser', extends: btcWatcherUser, thinkTime: between(0.1, 0.5) },
  {
    rapidLogin: { weight: 10, run: ({ http, row }) => logIn({ http, row }) },
    loginAndRead: {
      weight: 5,
      run: async ({ http, row }) => {
        const { api } = await logIn({ http, row })
        await api.me()
      },
    },
    loginLogoutCycle: {
      weight: 3,
      run: async ({ http, row }) => {
        await logIn({ http, row })
        await new Api(http).withBadToken()
        await logIn({ http, row })
      },
    },
  },
)
