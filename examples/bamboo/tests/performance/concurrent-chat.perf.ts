import { describe, expect, test } from 'vitest-perf'
import { targets } from '../targets.ts'

describe('concurrent chat', () => {
  test.for(targets.concurrent)(
    '$users concurrent chats',
    async ({ users, successRate }, { concurrently }) => {
      const run = await concurrently({ times: users * 5, limit: users }, ({ session }) =>
        session.chat('hello'),
      )
      expect(run.iterations).toHaveSuccessRateAbove(successRate)
    },
  )
})
