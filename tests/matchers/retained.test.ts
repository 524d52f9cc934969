import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import type { RetainedSummary } from '../../src/monitors/retained.ts'
import { messageOf } from '../support/message-of.ts'

expect.extend(perfMatchers)

const retained: RetainedSummary = {
  kind: 'retained',
  label: 'the service',
  perRequest: 262,
  lower: 250,
  upper: 270,
  requests: 6_000,
  points: [
    { requests: 0, bytes: 8_000_000 },
    { requests: 3_000, bytes: 8_786_000 },
    { requests: 6_000, bytes: 9_572_000 },
  ],
}

test('the message of what is retained', () => {
  expect(messageOf(() => expect(retained).toHaveRetainedBelow('64B'))).toMatchInlineSnapshot(`
    "expect(retained).toHaveRetainedBelow('64B')

    retained memory per request of the service: 262 B, 4.09 times the limit of 64 B
      95 % sure: 250 B to 270 B
      6,000 requests in 2 rounds: after collections 8 MB, at last 9.57 MB"
  `)
})

test('a limit within the interval is told to be near', () => {
  const message = messageOf(() => expect(retained).toHaveRetainedBelow('260B'))
  expect(message).toMatchInlineSnapshot(`
    "expect(retained).toHaveRetainedBelow('260B')

    retained memory per request of the service: 262 B, 0.769 % over the limit of
        260 B
      95 % sure: 250 B to 270 B
      6,000 requests in 2 rounds: after collections 8 MB, at last 9.57 MB
      retained memory per request of the service is not sure: 250 B to 270 B; more
          requests a round would tell"
  `)
  expect(retained).toHaveRetainedBelow('265B')
})

test('other subjects are refused', () => {
  expect(messageOf(() => expect(5 as never).toHaveRetainedBelow(64))).toMatchInlineSnapshot(
    `"toHaveRetainedBelow takes what retained() gives, got 5"`,
  )
  expect(messageOf(() => expect(retained as never).toHaveGrowthBelow(64))).toMatchInlineSnapshot(
    `"toHaveGrowthBelow takes a run's memory (run.memory) or a monitor's (monitor.memory), got the retained memory of the service. It has toHaveRetainedBelow"`,
  )
})
