import { describe, expect, test } from 'vitest-perf'
import { elsewhere, slow } from '../switches.ts'
import { targets } from '../targets.ts'

describe.skipIf(elsewhere)('memory', () => {
  test('memory under load', async ({ concurrently, monitor }) => {
    const service = await monitor()
    for (const { users } of targets.concurrent) {
      await concurrently({ times: users * 5, limit: users }, async ({ session }) => {
        await session.chat('hello')
        await session.stream('tell me a story')
      })
    }
    await service.stop()
    expect(service.memory).toHaveGrowthBelow(targets.memoryGrowth)
  })

  test('memory stability', async ({ load }) => {
    const duration = slow ? '60s' : '10s'
    const run = await load({ users: 10, duration }, ({ session }) => session.chat('hello'))
    expect(run.memory).toHaveGrowthBelow(targets.memoryGrowth)
  })
})
