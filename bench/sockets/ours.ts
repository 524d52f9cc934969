import { answerCalls } from '../common/answer-calls.ts'
import type { Rate, WindowOptions } from '../common/rate-window.ts'
import { scriptedRate } from '../common/scripted-users.ts'
import { CONNECTORS } from './connectors.ts'

const done = { count: 0 }

answerCalls({
  rate: (url: string, window: WindowOptions): Promise<Rate> =>
    scriptedRate(
      url,
      CONNECTORS,
      window,
      async ({ ws }) => {
        const socket = await ws.connect('/')
        done.count++
        await socket.close()
      },
      () => done.count,
    ),
})
