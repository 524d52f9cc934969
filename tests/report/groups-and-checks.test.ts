import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { toRunRecord } from '../../src/run-file/test-record.ts'
import { fromRunRecord } from '../../src/run-file/run-record.ts'
import { recordedRun } from '../support/recorded.ts'
import { sampleFile, sampleTest } from '../support/run-file-samples.ts'

const run = recordedRun([{ took: 100, times: 30 }], {
  record: (recorder) => {
    for (let time = 0; time < 30; time++) {
      const record = (name: string, took: number, outcome: 'ok' | 'status' = 'ok'): void =>
        recorder
          .group(name)
          .record({ outcome, startedAt: 500 - took, endedAt: 500, firstByteAt: undefined })
      record('checkout', 100 + time)
      record('checkout › pay', 20 + time, time % 10 === 0 ? 'status' : 'ok')
      recorder.metrics.timing('render', 10 + time, { page: time % 3 === 0 ? 'cart' : 'home' })
      recorder.checks.note('has an id', true)
      recorder.checks.note('is *fresh*', time > 12, 'expected 3 to be 4')
      recorder.checks.note('is cheap', time > 1)
    }
  },
})
const file = sampleFile([sampleTest({ runs: [run] })])

test('the summary has a table of groups, what was checked, and metrics by their tags', () => {
  const text = renderTerminal(file, { columns: 80, colors: false, path: 'run.json' })
  expect(`\n${text}\n`).toMatchInlineSnapshot(`
    "

     PERF  ✓ no limits  chat.perf.ts › 100 users chat
       10 s · 1 user · 30 requests · 3/s · seed 1
       endpoint  requests     p50     p95     p99  failed
       chat            30  100 ms  100 ms  100 ms     0 %
       group           times     p50     p95     p99  failed
       checkout           30  114 ms  128 ms  129 ms     0 %
       checkout › pay     30   35 ms   48 ms   49 ms    10 %
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight
       metrics   render p95 38 ms
                 render by page: cart p95 37 ms · home p95 38 ms
       checks    75 of 90 held · 3 checks
                 13× not is *fresh*  expected 3 to be 4
                  2× not is cheap

     1 performance test passed
     run file  run.json
    "
  `)
})

test('so has the Markdown summary', () => {
  expect(renderMarkdown(file)).toMatchInlineSnapshot(`
    "## ✅ Performance: 1 test passed

    1 performance test passed.

    <sub>linux x64, 8 CPUs, Node 24.21.0, Vitest 5.1.1, run 2026-01-31T09-05-07-k3x9</sub>

    | | Test | Limits | Load |
    | --- | --- | --- | --- |
    | ✅ | chat.perf.ts › 100 users chat | no limits | 10 s · 1 user · 30 requests · 3/s · seed 1 |

    <details><summary>chat.perf.ts › 100 users chat: no limits</summary>

    | Endpoint | Requests | p50 | p95 | p99 | Failed |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | chat | 30 | 100 ms | 100 ms | 100 ms | 0 % |

    | Group | Times | p50 | p95 | p99 | Failed |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | checkout | 30 | 114 ms | 128 ms | 129 ms | 0 % |
    | checkout › pay | 30 | 35 ms | 48 ms | 49 ms | 10 % |

    Generator: loop 41 % busy, delay p99 6.1 ms · GC 34 ms; CPU 0.42 of 2, host 71 % · 0.8 in flight; 30 iterations = 30 ok; 30 requests = 30 ok

    Metrics: render p95 38 ms

    - render by page: cart p95 37 ms · home p95 38 ms

    Checks: 75 of 90 held · 3 checks

    | Failed | Check | Said |
    | ---: | --- | --- |
    | 13 | is &#42;fresh&#42; | expected 3 to be 4 |
    | 2 | is cheap |  |

    </details>
    "
  `)
})

test('the run file keeps both; a file of before has none', () => {
  const record = toRunRecord(run)
  const again = fromRunRecord(record)
  expect(again.checks).toEqual(run.checks)
  expect(again.groups.map(({ kind, name, count }) => [kind, name, count])).toEqual([
    ['group', 'checkout', 30],
    ['group', 'checkout › pay', 30],
  ])
  expect(again.groups[0]?.latency.p95).toBe(run.group('checkout').latency.p95)
  const { checks: _checks, groups: _groups, ...older } = record
  expect(fromRunRecord(older)).toMatchObject({ checks: [], groups: [] })
})
