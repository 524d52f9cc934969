import { once } from 'node:events'
import { WebSocket } from 'ws'
import { answerCalls } from '../common/answer-calls.ts'
import { heldBytes } from '../common/held-bytes.ts'
import { createCaller } from '../../src/clients/caller.ts'
import { WsClient } from '../../src/clients/ws.ts'
import { Recorder } from '../../src/metrics/recorder.ts'

const kept: unknown[] = []

const memory = (): { rss: number; held: number } => {
  const held = heldBytes()
  return { rss: process.memoryUsage().rss, held }
}

const AT_ONCE = 50

answerCalls({
  memory,
  ours: async (url: string, count: number) => {
    const caller = createCaller({ recording: { current: new Recorder(performance.now()) } })
    kept.push(await new WsClient(caller, { wsUrl: url }).group(count, '/', { atOnce: AT_ONCE }))
    return memory()
  },
  bare: async (url: string, count: number) => {
    for (let begun = 0; begun < count; begun += AT_ONCE) {
      const sockets = Array.from(
        { length: Math.min(AT_ONCE, count - begun) },
        () => new WebSocket(url, { perMessageDeflate: false }),
      )
      kept.push(sockets)
      await Promise.all(sockets.map((socket) => once(socket, 'open')))
    }
    return memory()
  },
})
