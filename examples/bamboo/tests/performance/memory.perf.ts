import { describe, expect, test } from 'vitest-perf'
import { elsewhere, memoryTime } from '../switches.ts'
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
    const run = await load({ users: 10, duration: memoryTime }, ({ session }) =>
      session.chat('hello'),
    )
    expect(run.memory).toHaveGrowthBelow(targets.memoryGrowth)
  })

  test('a chat leaves nothing behind', async ({ concurrently, retained }) => {
    const kept = await retained({ rounds: 6 }, () =>
      concurrently({ times: 100, limit: 20 }, ({ session }) => session.chat('hello')),
    )
    expect(kept).toHaveRetainedBelow(targets.retained)
  })
})
