import { describe, expect, test } from 'vitest'
import { startChatApi } from '../../examples/chat-api/service/start.ts'
import { exampleSuite, missedIn } from '../support/example-suite.ts'

/**
 * Seconds instead of half a minute; what the suite asks for stays as it is. With this seed the users
 * do each of their tasks among their first three.
 */
const SHORT = { PERF_DURATION: '1500ms', PERF_SPAWN_RATE: '100', PERF_SEED: '6' }

/** Every answer takes as long as the one before, so that no limit is met by luck. */
const EVEN = { CHAT_JITTER: '0' }

const { run } = exampleSuite('chat-api', { port: 'CHAT_API_PORT', always: SHORT })

const FIVE = ['-t', 'scenario 5 users']

describe('examples/chat-api', { timeout: 60_000 }, () => {
  test('meets its limits: every scenario, after the tests of the API', async () => {
    const { code, output } = await run([])
    expect(code, output).toBe(0)
    expect(output).toContain('3 performance tests passed')
    expect(output).toContain('5 integration tests passed')
    expect(output.match(/PERF {2}✓ \d+ of \d+ {2}.*/g)).toMatchInlineSnapshot(`
      [
        "PERF  ✓ 8 of 8  scenarios.perf.ts › scenario 1 user, the baseline",
        "PERF  ✓ 9 of 9  scenarios.perf.ts › scenario 5 users, medium load",
        "PERF  ✓ 11 of 11  scenarios.perf.ts › scenario 10 users, high load",
      ]
    `)
  })

  test('one scenario by its name', async () => {
    const { code, output } = await run(['-t', 'scenario 1 user'])
    expect(code, output).toBe(0)
    expect(output).toContain('1 performance test passed')
    expect(output).toContain('1 user · ')
  })

  test('a service elsewhere is tested as well, but for its memory and CPU', async () => {
    await using service = await startChatApi()
    const { code, output } = await run(FIVE, { PERF_TEST_BASE_URL: service.url })
    expect(code, output).toBe(0)
    expect(output).toContain('PERF  ✓ 7 of 7')
    expect(output).not.toContain('RSS')
  })

  test('a slow service fails with the latency limits', async () => {
    // Long enough for a chat and a stream behind it: whatever is drawn first, both have been met.
    const slow = await run(FIVE, { ...EVEN, CHAT_FIRST_TOKEN: '1500', PERF_DURATION: '7s' })
    expect(slow.code, slow.output).toBe(1)
    const limits = ['mean latency of chat (successes)', 'p95 latency of chat', 'p95 TTFT of stream']
    expect(missedIn(slow), slow.output).toEqual(expect.arrayContaining(limits))
    expect(slow.output).toMatch(/p95 latency of chat: .* the limit of 1 s/)
  })

  test('a service that errs fails with the error rate, and says which answer was the commonest', async () => {
    const erring = await run(FIVE, { CHAT_FAIL: '0.3', PERF_DURATION: '3s' })
    expect(erring.code, erring.output).toBe(1)
    expect(missedIn(erring)).toContain('error rate of all requests')
    expect(erring.output).toMatch(/error rate of all requests: [\d.]+ %, .* limit of 1 %/)
    expect(erring.output).toMatch(/commonest error: \d+× [\w ]+ answered 503 Service Unavailable/)
    expect(erring.output).toMatch(/\d+× 503 [\w ]+ {2}\{"error":\{"message":"the model is overl/)
  })

  test('a service that stops in mid-run fails with what its callers met', async () => {
    const stopped = await run(FIVE, { CHAT_EXIT_AFTER: '20', PERF_DURATION: '3s' })
    expect(stopped.code, stopped.output).toBe(1)
    expect(missedIn(stopped)).toContain('error rate of all requests')
    expect(stopped.output).toMatch(/failures: (\d+ (refused|reset|stale|truncated)( · )?)+$/m)
    expect(stopped.output).toMatch(/\d+× refused \w.* was refused: nothing listens there/)
    expect(stopped.output).toMatch(/service {3}its process exited · RSS/)
  })
})
