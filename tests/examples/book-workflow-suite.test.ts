import { describe, expect, test } from 'vitest'
import { errorsIn } from '../support/vitest-output.ts'
import { quickBooks } from './book-workflow.ts'
import { exampleSuite, missedIn } from '../support/example-suite.ts'

const { run } = exampleSuite('book-workflow', { port: 'BOOK_PORT' })

const BASIC = ['workflow.perf', '-t', 'basic workflow']
/** Each author comes to the second book. */
const SHORT = { PERF_DURATION: '2500ms' }

describe('examples/book-workflow', { timeout: 90_000 }, () => {
  test('meets its limits: workflows, kinds and shapes of tests, every format', async () => {
    const { code, output } = await run([])
    expect(code, output).toBe(0)
    expect(output).toContain('9 performance tests passed')
    expect(output).toContain('12 integration tests passed')
    expect(output.match(/PERF {2}✓ [\w ]+ {2}\w+\.perf.*?(?=[:,]| of| — |…|$)/gm))
      .toMatchInlineSnapshot(`
      [
        "PERF  ✓ 9 of 9  kinds.perf.ts › response time",
        "PERF  ✓ 6 of 6  kinds.perf.ts › throughput",
        "PERF  ✓ 6 of 6  kinds.perf.ts › time to the first token",
        "PERF  ✓ 2 of 2  models.perf.ts › ",
        "PERF  ✓ 5 of 5  shapes.perf.ts › spike",
        "PERF  ✓ 10 users  shapes.perf.ts › ramp-up",
        "PERF  ✓ 5 of 5  shapes.perf.ts › soak",
        "PERF  ✓ 10 of 10  workflow.perf.ts › basic workflow",
        "PERF  ✓ 8 of 8  workflow.perf.ts › advanced workflow",
      ]
    `)
    expect(output).toContain('sustained 10 users: no step missed its limits')
    expect(output).toMatch(/checks .* held · the context grows/)
  })

  test('more authors than access tokens are refused before any traffic', async () => {
    const { code, output } = await run(BASIC, { BOOK_USERS: '2001' })
    expect(code).toBe(1)
    expect(errorsIn(output)[0]).toMatchInlineSnapshot(
      `"UsageError: access_tokens.csv has 2,000 rows for 2,001 users, and pick: 'unique' gives each user its own. Add 1 row, start fewer users, or let users share rows with whenDry: 'wrap'"`,
    )
  })

  test('25 authors at a service elsewhere, but for its memory and CPU', async () => {
    await using service = await quickBooks({ tokens: 24 })
    const { code, output } = await run(BASIC, {
      BOOK_USERS: '25',
      PERF_TEST_BASE_URL: service.url,
    })
    expect(code, output).toBe(0)
    expect(output).toContain('· 25 users ·')
    expect(output).not.toContain('RSS')
  })

  test('a slow model fails with the limit of the first token', async () => {
    const slow = await run(['kinds.perf', '-t', 'first token'], { BOOK_FIRST_TOKEN: '1300' })
    expect(slow.code, slow.output).toBe(1)
    expect(missedIn(slow)).toEqual(
      expect.arrayContaining(['p50 TTFT of outline', 'p95 TTFT of outline']),
    )
    expect(slow.output).toMatch(/p95 TTFT of outline: .* the limit of 1 s/)
  })

  test('a model that is slow between its tokens fails with TPOT, and so with goodput', async () => {
    const slow = await run(BASIC, { BOOK_TOKEN_GAP: '150', BOOK_TOKENS: '6' })
    expect(slow.code, slow.output).toBe(1)
    expect(missedIn(slow)).toContain('p95 TPOT of #writing')
    expect(slow.output).toMatch(/goodput of all requests/)
  })

  test('a model that errs fails with the error rate, and says which answer was the commonest', async () => {
    const erring = await run(BASIC, { ...SHORT, BOOK_FAIL: '0.3' })
    expect(erring.code, erring.output).toBe(1)
    expect(missedIn(erring)).toContain('error rate of all requests')
    expect(erring.output).toMatch(/commonest error: \d+× \w+ answered 503 Service Unavailable/)
    expect(erring.output).toMatch(/\d+× 503 \w+ {2}\{"error":\{"message":"the model is overl/)
  })

  test('streams that break off under a 200 are no successes', async () => {
    const cut = await run(BASIC, { ...SHORT, BOOK_CUT: '0.3' })
    expect(cut.code, cut.output).toBe(1)
    expect(missedIn(cut)).toContain('error rate of all requests')
    expect(cut.output).toMatch(/failures: .*\d+ truncated/)
    expect(cut.output).toMatch(/\d+× 200 \w+ {2}was cut off in the middle/)
  })
})
