import { answerCalls } from '../common/answer-calls.ts'
import type { Rate, WindowOptions } from '../common/rate-window.ts'
import { scriptedRate } from '../common/scripted-users.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { USERS } from './events.ts'

const done = { count: 0 }

const readStream: Scenario = async ({ http }) => {
  const { tokens } = await http.stream('/', { wire: 'sse' })
  done.count += tokens.length + 1
}

answerCalls({
  rate: (url: string, window: WindowOptions): Promise<Rate> =>
    scriptedRate(url, USERS, window, readStream, () => done.count),
})
