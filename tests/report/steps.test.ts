import { expect, test } from 'vitest'
import type { RunData } from '../../src/load/load-run.ts'
import type { StepSummary } from '../../src/load/step-summary.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { factsOf } from '../../src/report/run-facts.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { recordedRun } from '../support/recorded.ts'
import { sampleFile, sampleTest, verdict } from '../support/run-file-samples.ts'

const EVERY = 30_000

/** Steps of ten more users each; the last of them has this status. */
const steps = (count: number, last: StepSummary['status']): readonly StepSummary[] =>
  Array.from({ length: count }, (_, at) => {
    const users = (at + 1) * 10
    const status = at === count - 1 ? last : 'met'
    const p95 = users * 4
    const judged = verdict({ subject: 'p95 latency of chat', measured: p95, limit: p95 })
    const missed = verdict({ subject: 'p95 latency of chat', measured: 412, limit: 300 })
    return {
      users,
      from: at * EVERY,
      duration: EVERY,
      status,
      verdicts: status === 'unfinished' ? [] : [status === 'met' ? judged : missed],
      count: users * 300,
      errorRate: 0,
      throughput: users * 10,
      p50: p95 / 2,
      p95: status === 'missed' ? 412 : p95,
      p99: p95 * 2,
    }
  })

const runOf = (of: readonly StepSummary[]): RunData => ({
  ...recordedRun([{ times: 100 }]),
  steps: of,
})

const rendered = (run: RunData, columns = 80): string =>
  renderTerminal(sampleFile([sampleTest({ runs: [run] })]), { columns, colors: false })

test('a load that climbed is a table of its steps, and says where it broke', () => {
  expect(`\n${rendered(runOf(steps(3, 'missed')))}\n`).toMatchInlineSnapshot(`
    "

     PERF  ✓ 20 users  chat.perf.ts › 100 users chat
       10 s · up to 30 users in 3 steps · 100 requests · 10/s · seed 1
       users  requests   rate    p50     p95     p99  failed  limits
       10        3,000  100/s  20 ms   40 ms   80 ms     0 %  met
       20        6,000  200/s  40 ms   80 ms  160 ms     0 %  met
       30        9,000  300/s  60 ms  412 ms  240 ms     0 %  missed
       sustained 20 users
       30 users missed: p95 latency of chat 412 ms, limit 300 ms
       endpoint  requests     p50     p95     p99  failed
       chat           100  100 ms  100 ms  100 ms     0 %
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight

     1 performance test passed
    "
  `)
})

test('it counts the steps that began', () => {
  expect(factsOf(runOf(steps(3, 'missed')))).toContain('up to 30 users in 3 steps')
})

test.each([
  ['met', 'sustained 30 users: no step missed its limits'],
  ['unfinished', 'sustained 20 users: no step missed its limits'],
] as const)('when the last step was %s: %s', (status, expected) => {
  expect(rendered(runOf(steps(3, status)))).toContain(expected)
})

test('of many steps the last are shown, where it broke', () => {
  const text = rendered(runOf(steps(50, 'missed')))
  expect(text).toContain('38 steps before these')
  expect(text).toContain('sustained 490 users')
  expect(text).not.toContain('   380')
})

test.each([40, 60, 80])('no line is longer than %i columns', (columns) => {
  const widths = rendered(runOf(steps(50, 'missed')), columns)
    .split('\n')
    .map((line) => line.length)
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
})

test('in Markdown too', () => {
  const text = renderMarkdown(sampleFile([sampleTest({ runs: [runOf(steps(2, 'missed'))] })]))
  expect(text.slice(text.indexOf('| users'), text.indexOf('| Endpoint'))).toMatchInlineSnapshot(`
    "| users | requests | rate | p50 | p95 | p99 | failed | limits |
    | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
    | 10 | 3,000 | 100/s | 20 ms | 40 ms | 80 ms | 0 % | met |
    | 20 | 6,000 | 200/s | 40 ms | 412 ms | 160 ms | 0 % | missed |

    sustained 10 users

    20 users missed: p95 latency of chat 412 ms, limit 300 ms

    "
  `)
})
