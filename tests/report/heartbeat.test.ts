import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { heartbeat, steeredLine } from '../../src/report/heartbeat.ts'
import { tick, verdict } from '../support/ticks.ts'

const terminal = { columns: 80, colors: false }

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
  expect(heartbeat(part, terminal)).toBe(
    ' ↗ sustains 200 us…  3m 9s · block 7 of 60, head · p95 93 ms · 210/s · 200 users',
  )
})

test('what is done to it by hand is a line, too', () => {
  expect(steeredLine(tick(), 'users 10 → 50', terminal)).toBe(
    ' ↗ sustains 200 users  3m 9s of 5m · steered by hand: users 10 → 50',
  )
})
