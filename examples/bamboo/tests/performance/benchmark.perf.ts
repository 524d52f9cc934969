import { describe, expect, test } from 'vitest-perf'
import { join } from '../bamboo.ts'
import { elsewhere } from '../switches.ts'
import { targets } from '../targets.ts'

describe('benchmark', () => {
  test('full benchmark', async ({ load }) => {
    const shape = { users: 10, rampUp: '2s', duration: '5s' } as const
    const run = await load(shape, async ({ session, ws, pause }) => {
      await session.chat('hello')
      await session.stream('tell me a story')
      const socket = await join(ws, session.id)
      await socket.stream({ type: 'chat', message: 'and another one' })
      await socket.close()
      await pause(['50ms', '150ms'])
    })
    expect.soft(run.iterations).toHaveSuccessRateAbove(targets.concurrent[0].successRate)
    expect.soft(run.ttft).toHaveP95Below(targets.firstToken)
    expect.soft(run).toHaveP99Below(targets.totalResponse)
    expect.soft(run.request('chat')).toHaveThroughputAbove(targets.httpThroughput)
    expect.soft(run.request('WS /ws chat')).toHaveThroughputAbove(targets.wsThroughput)
    if (!elsewhere) expect.soft(run.memory).toHaveGrowthBelow(targets.memoryGrowth)
  })
})
