import { expect, test } from 'vitest'
import type { Tick } from '../../src/load/tick.ts'
import type { Verdict } from '../../src/limits/verdict.ts'
import { displayWidth } from '../../src/report/display-width.ts'
import { heartbeat, liveLines } from '../../src/report/live.ts'

const terminal = { columns: 80, colors: false }

const verdict = (figures: Partial<Verdict>): Verdict => ({
  subject: 'p95 latency of chat',
  metric: 'p95',
  operator: 'at most',
  limit: 300,
  unit: 'ms',
  measured: 93,
  samples: 100,
  status: 'pass',
  negated: false,
  ...figures,
})

const tick = (figures: Partial<Tick> = {}): Tick => ({
  title: 'shop > sustains 200 users',
  phase: 'steady',
  elapsed: 189_000,
  length: 300_000,
  users: 200,
  count: 30_000,
  failed: 0,
  rate: 210.4,
  p50: 24,
  p95: 93,
  p99: 271,
  verdicts: [],
  over: false,
  ...figures,
})

test('a load under way: how far it is, what it does, and how its limits stand', () => {
  const verdicts = [
    verdict({ subject: 'p95 latency of chat' }),
    verdict({ subject: 'p99 latency of chat', measured: undefined, status: 'fail' }),
    verdict({ subject: 'p95 latency of search', measured: 'never', status: 'fail' }),
    verdict({ subject: 'throughput of chat', unit: '/s', measured: 60, limit: 50 }),
    verdict({ subject: 'error rate of chat', unit: 'ratio', measured: 0.001, limit: 0.01 }),
  ]
  expect(liveLines(tick({ failed: 6, verdicts }), terminal).join('\n')).toMatchInlineSnapshot(`
    " ↗ sustains 200 users  steady
       ━━━━━━━━━━━━━━──────── 3m 9s of 5m   200 users   210/s   6 failed (0.02 %)
       p50 24 ms   p95 93 ms   p99 271 ms
       ✗ p95 latency of search  never  limit 300 ms
       ✓ p95 latency of chat  93 ms  limit 300 ms
       ✓ throughput of chat  60/s  limit 50/s"
  `)
})

test('a load that has only begun, and one that iterations end', () => {
  const begun = { elapsed: 0, users: 0, count: 0, rate: undefined, p50: undefined, p95: undefined }
  const lines = [
    ...liveLines(tick({ ...begun, phase: 'ramp-up' }), terminal),
    ...liveLines(tick({ length: undefined }), terminal),
  ]
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    " ↗ sustains 200 users  ramp-up
       ────────────────────── 0 ms of 5m   0 users
     ↗ sustains 200 users  steady
       3m 9s   200 users   210/s
       p50 24 ms   p95 93 ms   p99 271 ms"
  `)
})

test.each([
  [{}],
  [{ phase: 'ramp-up', p95: undefined }],
  [{ failed: 6 }],
  [{ failed: 1_204, verdicts: [verdict({ status: 'fail', measured: 410 })] }],
  [{ title: 'chat > 5 users' }],
  [{ title: `a title that is ${'very '.repeat(20)}long`, failed: 12 }],
] as const)('in a log it is a line: %j', (figures) => {
  const line = heartbeat(tick(figures), terminal)
  expect(line).toMatchSnapshot()
  expect(displayWidth(line)).toBeLessThanOrEqual(80)
})

test('of several loads that are one work it is told which of them this is', () => {
  const part = tick({ part: 'block 7 of 60, head', length: undefined })
  expect(liveLines(part, terminal)[0]).toBe(' ↗ sustains 200 users  block 7 of 60, head')
  expect(heartbeat(part, terminal)).toBe(
    ' ↗ sustains 200 us…  3m 9s · block 7 of 60, head · p95 93 ms · 210/s · 200 users',
  )
})
