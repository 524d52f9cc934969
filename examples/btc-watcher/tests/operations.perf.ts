import { describe, expect, test, type HttpClient, type UserContext } from 'vitest-perf'
import { Api } from './api.ts'
import { length, perSecond } from './sizes.ts'
import { operations } from './targets.ts'
import { reportOf } from './users/reports.ts'

const account = { username: 'trader-1', password: 'correct horse' }

/** One operation of each class. */
const doing = {
  read: (api: Api, { random }: UserContext) =>
    random() < 0.5 ? api.strategies() : api.signals({ limit: 20 }),
  write: (api: Api, { random }: UserContext) =>
    api.updateStrategy(random.int(1, 20), random.int(7, 28)),
  auth: (api: Api, { random }: UserContext) => (random() < 0.5 ? api.login(account) : api.me()),
  webhook: (api: Api, { random }: UserContext) =>
    api.webhook(random.int(1, 20), reportOf('buy', random)),
}

/** The token of one account, for all who come. */
async function tokenFrom(http: HttpClient): Promise<string> {
  const answer = await new Api(http).login(account)
  return answer.json<{ access_token: string }>().access_token
}

describe('operations', () => {
  test.for(['read', 'write', 'auth', 'webhook'] as const)('%s', async (name, { http, load }) => {
    const token = await tokenFrom(http)
    const rate = perSecond(operations[name].rate)
    // A little more than is promised, so that a failure alone does not miss it.
    const run = await load({ rate: rate * 1.05, duration: length }, (user) =>
      doing[name](new Api(user.http, token), user),
    )
    expect(run).toMeet({ ...operations[name].limits, throughput: rate })
  })

  test('a burst of webhooks', async ({ http, load }) => {
    const token = await tokenFrom(http)
    const [calm, burst] = [perSecond(20), perSecond(operations.webhook.rate)]
    const stages = [
      { rate: calm, duration: '500ms' },
      { rate: burst, duration: 0 },
      { rate: burst, duration: '1s' },
      { rate: calm, duration: 0 },
      { rate: calm, duration: '500ms' },
    ] as const
    const run = await load({ startRate: calm, stages }, (user) =>
      doing.webhook(new Api(user.http, token), user),
    )
    expect(run).toMeet(operations.webhook.limits)
  })
})
