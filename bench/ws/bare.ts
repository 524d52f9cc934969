import { once } from 'node:events'
import { WebSocket, type RawData } from 'ws'
import { answerCalls } from '../common/answer-calls.ts'
import { rateWindow, type Rate, type WindowOptions } from '../common/rate-window.ts'
import { PING, SOCKETS } from './message.ts'

const done = { count: 0, ids: 0, running: false }

/** What a user of ws would write by hand: send JSON, await the next message, parse it. */
async function user(url: string): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  const next = { resolve: (_data: RawData): void => {} }
  socket.on('message', (data) => next.resolve(data))
  await once(socket, 'open')
  while (done.running) {
    const data = await new Promise<RawData>((resolve) => {
      next.resolve = resolve
      socket.send(JSON.stringify(PING))
    })
    done.ids += (JSON.parse((data as Buffer).toString()) as { id: number }).id
    done.count++
  }
  socket.terminate()
}

answerCalls({
  rate: async (url: string, window: WindowOptions): Promise<Rate> => {
    done.running = true
    const users = Promise.all(Array.from({ length: SOCKETS }, () => user(url)))
    const rate = await rateWindow(() => done.count, window)
    done.running = false
    await users
    return rate
  },
})
