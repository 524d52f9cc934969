import { once } from 'node:events'
import { WebSocket } from 'ws'
import { answerCalls } from '../common/answer-calls.ts'
import { rateWindow, type Rate, type WindowOptions } from '../common/rate-window.ts'
import { CONNECTORS } from './connectors.ts'

const done = { count: 0, running: false }

async function connector(url: string): Promise<void> {
  while (done.running) {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    await once(socket, 'open')
    done.count++
    socket.close()
    await once(socket, 'close')
  }
}

answerCalls({
  rate: async (url: string, window: WindowOptions): Promise<Rate> => {
    done.running = true
    const connectors = Promise.all(Array.from({ length: CONNECTORS }, () => connector(url)))
    const rate = await rateWindow(() => done.count, window)
    done.running = false
    await connectors
    return rate
  },
})
