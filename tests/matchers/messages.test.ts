import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { busySockets, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const { sockets } = recordedRun([], { duration: 4_000, sockets: busySockets })

test('messages are counted per second of the judged time, each way', () => {
  expect(sockets.received).toHaveThroughputAbove('3/s')
  expect(sockets.sent).toHaveThroughputAbove(1.5)
  expect(sockets.sent).not.toHaveThroughputAbove(1.6)
})

test('too few messages name the slowest second; none at all are missing', () => {
  expect(messageOf(() => expect(sockets.received).toHaveThroughputAbove('10/s')))
    .toMatchInlineSnapshot(`
    "expect(messages).toHaveThroughputAbove('10/s')

    throughput of messages received: 3/s, 70 % under the limit of 10/s
      12 messages, 1.2 kB
      slowest second: 0/s"
  `)
  const none = recordedRun([]).sockets
  expect(messageOf(() => expect(none.sent).toHaveThroughputAbove('1/s'))).toMatchInlineSnapshot(
    `"throughput of messages sent has no samples: nothing was recorded under it"`,
  )
  const wrong: unknown = sockets.received
  expect(messageOf(() => expect(wrong).toHaveP95Below('1s'))).toMatchInlineSnapshot(
    `"toHaveP95Below takes a run, a request (run.request(name)), the iterations (run.iterations), a distribution (run.ttft), a timing metric or a bench result, got the messages received. It has toHaveThroughputAbove"`,
  )
})
