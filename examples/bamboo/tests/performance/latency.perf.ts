import { describe, expect, test } from 'vitest-perf'
import { join } from '../bamboo.ts'
import { targets } from '../targets.ts'

describe('latency', () => {
  test('first token latency', async ({ load }) => {
    const run = await load({ users: 5, duration: '2s' }, ({ session }) =>
      session.stream('tell me a story'),
    )
    expect(run.ttft).toHaveP95Below(targets.firstToken)
  })

  test('total response time', async ({ load }) => {
    const run = await load({ users: 5, duration: '2s' }, async ({ session }) => {
      await session.chat('hello')
      await session.stream('tell me a story')
    })
    expect(run.request('chat')).toHaveP99Below(targets.totalResponse)
    expect(run.request('stream')).toHaveP99Below(targets.totalResponse)
  })

  test('WebSocket latency', async ({ load }) => {
    const run = await load({ users: 5, duration: '2s' }, async ({ ws }) => {
      const socket = await join(ws)
      await socket.request({ type: 'ping' }, { type: 'pong' })
      await socket.stream({ type: 'chat', message: 'tell me a story' })
      await socket.close()
    })
    expect(run.request('WS /ws ping')).toHaveP95Below(targets.firstToken)
    expect(run.request('WS /ws chat').ttft).toHaveP95Below(targets.firstToken)
    expect(run.request('WS /ws chat')).toHaveP99Below(targets.totalResponse)
  })
})
