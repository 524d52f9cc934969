import { defineUser, rows, type TaskContext } from 'vitest-perf'
import { Api, type Account } from '../api.ts'
import { between } from '../sizes.ts'
import { accounts } from './accounts.ts'

/** What every user has once it is logged in. */
export interface Watching {
  readonly api: Api
  /** Strategies that this user created and may do with as it likes; the account is not its alone. */
  readonly own: number[]
}

/** What a task of any of these users is given. */
export type Watcher<State extends Watching = Watching> = TaskContext<State, Account>

/** Logs in as the user's own account. */
export async function logIn({
  http,
  row,
}: Pick<TaskContext<undefined, Account>, 'http' | 'row'>): Promise<Watching> {
  const answer = await new Api(http).login(row)
  const { access_token } = answer.json<{ access_token?: string }>()
  if (access_token === undefined) return answer.fail('there is no access_token')
  return { api: new Api(http, access_token), own: [] }
}

/** Logs in, and thinks for one to five seconds between tasks: what all users are built on. */
export const btcWatcherUser = defineUser<Watching, Account>({
  name: 'BTCWatcherUser',
  thinkTime: between(1, 5),
  // More users than accounts share them.
  data: rows(accounts, { pick: 'unique', whenDry: 'wrap' }),
  onStart: logIn,
})
