import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import type { RetainedSummary } from '../../src/monitors/retained.ts'
import { messageOf } from '../support/message-of.ts'

expect.extend(perfMatchers)

const retained: RetainedSummary = {
  kind: 'retained',
  label: 'the service',
  perRequest: 262,
  lower: 255,
  upper: 269,
  requests: 6_000,
  points: [0, 9, -8, 4, -6, 7, -3].map((odd, round) => ({
    requests: round * 1_000,
    bytes: 8_000_000 + round * 262_000 + odd * 1_000,
  })),
}

test('the message of what is retained', () => {
  expect(messageOf(() => expect(retained).toHaveRetainedBelow('64B'))).toMatchInlineSnapshot(`
    "expect(retained).toHaveRetainedBelow('64B')

    retained memory per request of the service: 262 B [258, 264], 4.09 times the
        limit of 64 B
      6,000 requests in 6 rounds: after collections 8 MB, at last 9.57 MB"
  `)
})

test('a limit within the interval is not proven, and it is told what would settle it', () => {
  const message = messageOf(() => expect(retained).toHaveRetainedBelow('260B'))
  expect(message).toMatchInlineSnapshot(`
    "expect(retained).toHaveRetainedBelow('260B')

    retained memory per request of the service: 262 B [258, 264], 0.769 % over the
        limit of 260 B
      6,000 requests in 6 rounds: after collections 8 MB, at last 9.57 MB
      not proven: retained memory at 95 % needs ≥11,000 requests, had 6,000"
  `)
  expect(retained).toHaveRetainedBelow('265B')
  const strict = (limit: '263B' | '265B') => (): void =>
    expect(retained).toHaveRetainedBelow(limit, { onInconclusive: 'fail' })
  expect(messageOf(strict('263B'))).toMatch(/is not\s+proven to be\s+within 263 B/)
  expect(strict('265B')).not.toThrow()
})

test('other subjects are refused', () => {
  expect(messageOf(() => expect(5 as never).toHaveRetainedBelow(64))).toMatchInlineSnapshot(
    `"toHaveRetainedBelow takes what retained() gives, got 5"`,
  )
  expect(messageOf(() => expect(retained as never).toHaveGrowthBelow(64))).toMatchInlineSnapshot(
    `"toHaveGrowthBelow takes a run's memory (run.memory) or a monitor's (monitor.memory), got the retained memory of the service. It has toHaveRetainedBelow"`,
  )
})
