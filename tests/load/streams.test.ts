import { expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import type { RecordingSummary } from '../../src/metrics/summary.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { bambooSession, loadEnvironment } from '../support/load-environment.ts'
import { sendEvents, serve } from '../support/servers.ts'
import { chunk } from '../clients/streams.ts'

expect.extend(perfMatchers)

/** A thought, nine words, usage of 40 tokens, the end: one event each 20 ms. */
const STORY = [
  chunk({ reasoning: 'hm' }),
  ...Array.from({ length: 9 }, () => chunk({ content: 'word ' })),
  '{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":40}}',
  '[DONE]',
]

const arrived = ({ timeline }: RecordingSummary): number =>
  timeline.reduce((sum, { tokens = 0 }) => sum + tokens, 0)

test('tokens are counted where they came, phase by phase', async () => {
  await using server = await serve((_request, response) => sendEvents(response, STORY, { gap: 20 }))
  const options = { users: 5, rampUp: 300, warmUp: 150, duration: 700 }
  const environment = loadEnvironment({ baseUrl: server.url })
  const run = await runLoad(
    options,
    async ({ http }) => {
      await http.stream('/story')
    },
    environment,
  )

  const phases = [run, ...run.phases.map(({ summary }) => summary)]
  const put = phases.reduce((sum, { tokens }) => sum + (tokens?.count ?? 0), 0)
  // Only what came after the judged time is in no phase: no stream began in the graceful stop.
  const late = put - phases.map(arrived).reduce((sum, count) => sum + count, 0)
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThanOrEqual(5 * 40)
  expect(arrived(run)).toBeGreaterThan(0)
  expect(run.tokens).toMatchObject({
    count: 40 * run.ok,
    source: 'usage',
    streams: run.ok,
    perSecond: arrived(run) / (run.duration / 1_000),
    buffered: { count: 0, of: run.ok },
  })
  expect(run.ttfo.min).toBeGreaterThan(run.ttft.min ?? Infinity)
  expect(run.joint?.count).toBe(run.ok)
  expect(run).toHaveGoodputAbove(run.throughput.mean ?? Infinity, { ttft: '5s', tpot: '1s' })
  expect(run).not.toHaveGoodputAbove('0.1/s', { ttft: '5s', tpot: 1 })
})

test('users that stop their replies are judged by how soon these end', async () => {
  await using bamboo = await startBamboo({ firstToken: 5, tokenGap: 10, tokens: 100 })
  const environment = loadEnvironment({ baseUrl: bamboo.url, session: bambooSession })
  const run = await runLoad(
    { users: 4, iterations: 12 },
    async ({ session }) => {
      const reply = session.stream('a long story')
      await reply[Symbol.asyncIterator]().next()
      await session.stop()
      await reply
    },
    environment,
  )
  expect(run.request('stream').outcomes).toEqual({ ok: 12 })
  expect(run.stopLatency.count).toBe(12)
  expect(run.request('stream').stopLatency).toHaveP95Below('5s')
  expect(run).toMeet({ stopLatency: { max: '5s' }, errorRate: 0 })
})
