import { defineEvents, expect, type Limits } from 'vitest-perf'
import { Api } from './api.ts'
import { within } from './sizes.ts'
import { accounts } from './users/accounts.ts'

/** Before and after every load of users. */
const events = defineEvents({
  /** A service without the accounts is one error here, and would be thousands in the load. */
  runStart: ({ http }) => Promise.all(accounts.map((account) => new Api(http).login(account))),
  /** Whatever else is asked of a run. */
  runStop: (run) => expect(run).toHaveMeanBelow(within(1_000)),
})

/** What a load says beside its profile. Beyond 5 % errors it is to stop, and somebody to look at it. */
export const heldTo = (limits: Limits) => ({ limits, events, abort: { errorRate: '5%' } }) as const
