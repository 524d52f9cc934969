import { answerCalls } from '../common/answer-calls.ts'
import type { Rate, WindowOptions } from '../common/rate-window.ts'
import { scriptedRate } from '../common/scripted-users.ts'
import type { Socket } from '../../src/clients/socket.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { PING, SOCKETS } from './message.ts'

const done = { count: 0 }

const roundTrip: Scenario = async ({ ws, state }) => {
  const socket = (state.socket ??= await ws.connect('/')) as Socket
  await socket.request(PING)
  done.count++
}

answerCalls({
  rate: (url: string, window: WindowOptions): Promise<Rate> =>
    scriptedRate(url, SOCKETS, window, roundTrip, () => done.count),
})
