import { describe, expect, test } from 'vitest-perf'
import { join } from '../bamboo.ts'
import { targets } from '../targets.ts'

describe('throughput', () => {
  test('HTTP throughput', async ({ load }) => {
    const run = await load({ users: 5, duration: '2s' }, ({ session }) => session.chat('hello'))
    expect(run.request('chat')).toHaveThroughputAbove(targets.httpThroughput)
  })

  test('WebSocket throughput', async ({ load }) => {
    const run = await load({ users: 5, duration: '2s' }, async ({ ws }) => {
      const socket = await join(ws)
      for (const message of ['hello', 'tell me a story', 'thank you']) {
        await socket.stream({ type: 'chat', message })
      }
      await socket.close()
    })
    expect(run.request('WS /ws chat')).toHaveThroughputAbove(targets.wsThroughput)
  })
})
