import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { liveFooter, liveLines } from '../../src/report/live.ts'
import { tick, verdict } from '../support/ticks.ts'

const terminal = { columns: 80, colors: false }

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

test('of several loads that are one work it is told which of them this is', () => {
  const part = tick({ part: 'block 7 of 60, head', length: undefined })
  expect(liveLines(part, terminal)[0]).toBe(' ↗ sustains 200 users  block 7 of 60, head')
})

test('what is to be minded stands in it, too: limits of percentiles, steering, the generator', () => {
  const generator = { saturated: true, hostBusy: false, reasons: ['event loop busy 97 %'] }
  const verdicts = [
    verdict({ subject: 'p95 latency of all requests', measured: 930, status: 'fail', limit: 600 }),
    verdict({ subject: 'p99 latency of all requests', metric: 'p99', measured: 271, limit: 2_000 }),
  ]
  const course = [210, 220, 240, null, 400, 800, 1_200, 900]
  const steered = [{ at: 90_000, text: 'users 10 → 50' }]
  const given = tick({ p95: 930, verdicts, generator, steered, course })
  expect(liveLines(given, terminal).join('\n')).toMatchInlineSnapshot(`
    " ↗ sustains 200 users  steady
       ━━━━━━━━━━━━━━──────── 3m 9s of 5m   200 users   210/s
       p50 24 ms   p95 930 ms (limit 600 ms)   p99 271 ms (limit 2 s)   p95 ▁▁▁ ▂▅█▆
       steered by hand: users 10 → 50
       ✗ p95 latency of all requests  930 ms  limit 600 ms
       ! generator saturated: event loop busy 97 %"
  `)
  for (const line of liveLines(given, { columns: 60, colors: false })) {
    expect(displayWidth(line)).toBeLessThanOrEqual(60)
  }
})

test('below all loads stands how to see more of them, and how to end them', () => {
  const address = `http://127.0.0.1:8089/?token=${'x'.repeat(80)}`
  expect(liveFooter({ dashboard: address, stop: true }, terminal)).toEqual([
    `   ${address}`,
    '   Ctrl+C: stop and keep the results',
  ])
  expect(liveFooter({ dashboard: undefined, stop: false }, terminal)).toEqual([])
})
