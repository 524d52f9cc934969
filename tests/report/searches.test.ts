import { describe, expect, test } from 'vitest'
import type { AbData } from '../../src/load/ab-run.ts'
import type { CapacityData } from '../../src/load/capacity.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import type { TestEntry } from '../../src/run-file/run-file.ts'
import { parseRunFile } from '../../src/run-file/parse-run-file.ts'
import { toTestRecord } from '../../src/run-file/test-record.ts'
import { abOf, abPairs, capacityOf } from '../support/ab-runs.ts'
import { sampleFile, sampleTest } from '../support/run-file-samples.ts'

/** A test as it comes back from the run file. */
function entryOf(found: { comparisons?: AbData[]; capacities?: CapacityData[] }): TestEntry {
  const { comparisons = [], capacities = [] } = found
  const record = toTestRecord([], [], { comparisons, capacities })
  return { ...sampleTest({}), record }
}

const terminal = (test: TestEntry, columns = 80): string =>
  renderTerminal(parseRunFile(JSON.stringify(sampleFile([test])), 'run.json'), {
    columns,
    colors: false,
  })
const markdown = (test: TestEntry): string => renderMarkdown(sampleFile([test]))

describe('a comparison', () => {
  const ab = abOf(abPairs(1.2))

  test('is a table of what both took, by how much head is worse, and what would be seen', () => {
    expect(`\n${terminal(entryOf({ comparisons: [ab] }))}\n`).toMatchInlineSnapshot(`
      "

       PERF  ✓ compared  chat.perf.ts › 100 users chat
         base http://127.0.0.1:8080, head http://127.0.0.1:8081
         10 pairs of blocks of 2 s · 10 users · 44 s · seed 43
                         base     head  worse by  between       would see
         p50          50.5 ms  61.2 ms    21.1 %  [19.9, 21.7]     1.21 %
         p95           101 ms   122 ms    21.1 %  [20, 21.7]       1.22 %
         p99           101 ms   122 ms    21.1 %  [20, 21.7]       1.22 %
         mean         75.8 ms  91.8 ms    21.1 %  [20, 21.7]       1.22 %
         throughput       4/s      4/s       0 %  [0, 0]                –
         failed           0 %      0 %       0 %  [0, 0]                –
         p95 chat      101 ms   122 ms    21.1 %  [20, 21.7]       1.22 %
         p95 history  50.5 ms  61.2 ms    21.1 %  [20, 21.7]       1.22 %

       1 performance test passed
      "
    `)
    expect(markdown(entryOf({ comparisons: [ab] }))).toMatchInlineSnapshot(`
      "## ✅ Performance: 1 test passed

      1 performance test passed.

      <sub>linux x64, 8 CPUs, Node 24.21.0, Vitest 5.1.1, run 2026-01-31T09-05-07-k3x9</sub>

      | | Test | Limits | Load |
      | --- | --- | --- | --- |
      | ✅ | chat.perf.ts › 100 users chat | compared | 10 pairs of blocks of 2 s · 10 users · 44 s · seed 43 |

      <details><summary>chat.perf.ts › 100 users chat: compared</summary>

      **base http://127.0.0.1:8080, head http://127.0.0.1:8081**

      <sub>10 pairs of blocks of 2 s · 10 users · 44 s · seed 43</sub>

      |  | base | head | worse by | between | would see |
      | --- | ---: | ---: | ---: | ---: | ---: |
      | p50 | 50.5 ms | 61.2 ms | 21.1 % | &#91;19.9, 21.7&#93; | 1.21 % |
      | p95 | 101 ms | 122 ms | 21.1 % | &#91;20, 21.7&#93; | 1.22 % |
      | p99 | 101 ms | 122 ms | 21.1 % | &#91;20, 21.7&#93; | 1.22 % |
      | mean | 75.8 ms | 91.8 ms | 21.1 % | &#91;20, 21.7&#93; | 1.22 % |
      | throughput | 4/s | 4/s | 0 % | &#91;0, 0&#93; | – |
      | failed | 0 % | 0 % | 0 % | &#91;0, 0&#93; | – |
      | p95 chat | 101 ms | 122 ms | 21.1 % | &#91;20, 21.7&#93; | 1.22 % |
      | p95 history | 50.5 ms | 61.2 ms | 21.1 % | &#91;20, 21.7&#93; | 1.22 % |

      </details>
      "
    `)
  })

  test('of something with itself says so, and what makes its figures doubtful', () => {
    const more = {
      head: ab.base,
      asked: 30,
      ending: 'interrupted',
      saturated: 2,
      hostBusy: 1,
    } as const
    const text = terminal(entryOf({ comparisons: [abOf(abPairs(1), more)] }))
    expect(text).toContain('http://127.0.0.1:8080 with itself: what is found here is chance')
    expect(text).toContain('! interrupted after 10 of 30 pairs')
    expect(text).toContain('! the generator was saturated in 2 of 20 blocks')
    expect(text).toContain('! the machine was busy in 1 of 20 blocks')
  })

  test('what never came is ∞, in the file too', () => {
    const broken = abPairs(1).map(({ base }) => ({ base, head: { took: 100, failed: 10 } }))
    const text = terminal(entryOf({ comparisons: [abOf(broken)] }))
    expect(text).toMatch(/p99 +\d+ ms +∞ +∞/)
  })

  test('that was ended at once has no table', () => {
    const text = terminal(
      entryOf({ comparisons: [abOf([], { asked: 30, ending: 'interrupted' })] }),
    )
    expect(text).toContain('! interrupted after 0 of 30 pairs')
    expect(text).not.toContain('worse by')
  })
})

describe('a capacity', () => {
  test('is its interval, its curve, its knee and the law', () => {
    expect(`\n${terminal(entryOf({ capacities: [capacityOf()] }))}\n`).toMatchInlineSnapshot(`
      "

       PERF  ✓ between 99.3/s and 104/s  chat.perf.ts › 100 users chat
         capacity  between 99.3/s and 104/s
         14 runs of 10 s · 4m 3s · seed 43
         load    met    rate  at once    p50     p95     p99  failed
         20/s    1/1    20/s        1  48 ms   90 ms  120 ms     0 %
         40/s    1/1    40/s        2  48 ms   90 ms  120 ms     0 %
         80/s    1/1    80/s        4  48 ms   90 ms  120 ms     0 %
         99.3/s  5/5  99.3/s     4.97  48 ms   90 ms  120 ms     0 %
         104/s   0/5   102/s     25.8  48 ms  412 ms  470 ms     0 %
         160/s   0/1   102/s     37.1  48 ms  412 ms  470 ms     0 %
         sure: lower end 96.8 %, upper end 96.8 %
         104/s missed: p95 latency of chat 412 ms, limit 300 ms
         knee (most throughput for its time) 99.3/s
         scalability law σ 0.0602, κ 0.00503, explains 95.2 %
         by it the most is 129/s with 13.7 at once

       1 performance test passed
      "
    `)
    expect(markdown(entryOf({ capacities: [capacityOf()] }))).toMatchInlineSnapshot(`
      "## ✅ Performance: 1 test passed

      1 performance test passed.

      <sub>linux x64, 8 CPUs, Node 24.21.0, Vitest 5.1.1, run 2026-01-31T09-05-07-k3x9</sub>

      | | Test | Limits | Load |
      | --- | --- | --- | --- |
      | ✅ | chat.perf.ts › 100 users chat | between 99.3/s and 104/s | 14 runs of 10 s · 4m 3s · seed 43 |

      <details><summary>chat.perf.ts › 100 users chat: between 99.3/s and 104/s</summary>

      **Capacity: between 99.3/s and 104/s**

      <sub>14 runs of 10 s · 4m 3s · seed 43</sub>

      | load | met | rate | at once | p50 | p95 | p99 | failed |
      | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      | 20/s | 1/1 | 20/s | 1 | 48 ms | 90 ms | 120 ms | 0 % |
      | 40/s | 1/1 | 40/s | 2 | 48 ms | 90 ms | 120 ms | 0 % |
      | 80/s | 1/1 | 80/s | 4 | 48 ms | 90 ms | 120 ms | 0 % |
      | 99.3/s | 5/5 | 99.3/s | 4.97 | 48 ms | 90 ms | 120 ms | 0 % |
      | 104/s | 0/5 | 102/s | 25.8 | 48 ms | 412 ms | 470 ms | 0 % |
      | 160/s | 0/1 | 102/s | 37.1 | 48 ms | 412 ms | 470 ms | 0 % |

      sure: lower end 96.8 %, upper end 96.8 %  
      104/s missed: p95 latency of chat 412 ms, limit 300 ms  
      knee (most throughput for its time) 99.3/s  
      scalability law σ 0.0602, κ 0.00503, explains 95.2 %  
      by it the most is 129/s with 13.7 at once

      </details>
      "
    `)
  })

  test.each([
    [{ ending: 'to', upper: undefined, value: undefined }, 'at least 99.3/s'],
    [{ ending: 'generator', upper: undefined }, 'the generator was saturated'],
    [{ ending: 'from', lower: 0, upper: 20 }, 'no load was sustained, from 20/s on'],
    [{ ending: 'interrupted', upper: undefined }, 'interrupted, this is what it had found'],
    [{ ending: 'unsettled' }, 'runs at the same load went on to differ'],
  ] as const)('of a search that ended otherwise: %j', (more, expected) => {
    expect(terminal(entryOf({ capacities: [capacityOf(more)] }))).toContain(expected)
  })

  test('of users is said in users', () => {
    const users = { ...capacityOf(), of: 'users', lower: 40, upper: 42 } as const
    expect(terminal(entryOf({ capacities: [users] }))).toContain('between 40 users and 42 users')
  })
})

test.each([60, 80, 120])('no line is wider than %i columns', (columns) => {
  const entry = entryOf({ comparisons: [abOf(abPairs(1.2))], capacities: [capacityOf()] })
  for (const line of terminal(entry, columns).split('\n')) {
    expect(line.length).toBeLessThanOrEqual(columns)
  }
})
