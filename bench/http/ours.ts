import { answerCalls } from '../common/answer-calls.ts'
import type { Rate, WindowOptions } from '../common/rate-window.ts'
import { scriptedRate } from '../common/scripted-users.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { SENT, USERS, type Variant } from './variant.ts'

const done = { count: 0, sum: 0 }

const SCENARIOS: Readonly<Record<Variant, Scenario>> = {
  get: async ({ http }) => {
    await http.get('/')
    done.count++
  },
  json: async ({ http }) => {
    const answer = await http.get('/')
    done.sum += answer.json<{ ok: number }>().ok
    done.count++
  },
  post: async ({ http }) => {
    const answer = await http.post('/', { json: SENT })
    done.sum += answer.json<{ ok: number }>().ok
    done.count++
  },
}

answerCalls({
  rate: (url: string, variant: Variant, window: WindowOptions): Promise<Rate> =>
    scriptedRate(url, USERS, window, SCENARIOS[variant], () => done.count),
})
