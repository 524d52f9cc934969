import { describe, expect, test } from 'vitest'
import { escapeMarkdown } from '../../src/report/escape-markdown.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { recordedRun } from '../support/recorded.ts'
import { SUITE, sampleFile, sampleTest, verdict } from '../support/run-file-samples.ts'

test('the summary of a suite', () => {
  expect(renderMarkdown(SUITE)).toMatchInlineSnapshot(`
    "## ❌ Performance: 1 of 24 tests failed

    2 performance tests: 1 failed · 1 passed.

    22 integration tests passed.

    <sub>linux x64, 8 CPUs, Node 24.21.0, Vitest 5.1.1, run 2026-01-31T09-05-07-k3x9</sub>

    | | Test | Limits | Load |
    | --- | --- | --- | --- |
    | ❌ | shop.perf.ts › shop › sustains 200 users | 4 of 5 missed | 2m · 200 users · 19,440 requests · 160/s succeeded · seed 43 |
    | ✅ | chat.perf.ts › 100 users chat | 5 of 5 | 30 s · 100 users · 12,030 requests · 401/s · seed 43 |

    <details open><summary>shop.perf.ts › shop › sustains 200 users: 4 of 5 missed</summary>

    |  | Limit on | Measured | Limit | Margin |
    | --- | --- | ---: | ---: | ---: |
    | ❌ | success rate of all requests | 98.7 % | 99 % | 0.25 points under |
    | ❌ | p95 latency of GET /orders | 391 ms | 300 ms | 30 % over |
    | ❌ | p95 latency of POST /checkout | never | 100 ms | too many failed |
    | ❌ | memory growth of the service | 432 MB | 100 MB | 4.32× the limit |
    | ✅ | throughput of all requests | 160/s | 100/s | 60 % spare |

    - ⚠️ generator saturated: event loop busy 97 %, delay p99 183 ms
    - ⚠️ ramp-up: 10 of 810 requests failed, not counted in these figures

    | Endpoint | Requests | p50 | p95 | p99 | Failed |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | GET /orders | 2,640 | 126 ms | 391 ms | 609 ms | 0.15 % |
    | GET /products/{} | 14,400 | 14 ms | 31.8 ms | 43.1 ms | 0 % |
    | POST /checkout | 2,400 | 47.6 ms | 110 ms | 146 ms | 10 % |
    | all requests | 19,440 | 17.3 ms | 163 ms | 352 ms | 1.25 % |

    <sub>times are of the 19,196 successes</sub>

    Service: RSS 742 MB, +432 MB · peak 745 MB · CPU 1.74 cores

    Generator: loop 97 % busy, delay p99 183 ms · GC 34 ms; CPU 1.12 of 2, host 88 % · 1,204 connections · 187 in flight; 4,000 iterations = 3,770 ok + 210 failed + 20 aborted; 19,460 requests = 19,196 ok + 244 failed + 20 aborted

    | Times | Error | Said |
    | ---: | --- | --- |
    | 240 | 503 POST /checkout | {"error":"pool exhausted","retry":true,"pool":{"size":10,"waiting":214}} |
    | 4 | timeout GET /orders | no answer within 30 s |

    </details>

    <details><summary>chat.perf.ts › 100 users chat: 5 of 5</summary>

    |  | Limit on | Measured | Limit | Margin |
    | --- | --- | ---: | ---: | ---: |
    | ✅ | p95 latency of chat | 274 ms | 300 ms | 8.6 % spare |
    | ✅ | memory growth of the service | 12 MB | 100 MB | 88 % spare |
    | ✅ | p95 TTFT of stream | 353 ms | 5 s | 93 % spare |
    | ✅ | success rate of all requests | 100 % | 99 % | 100 % spare |
    | ✅ | throughput of all requests | 401/s | 50/s | 702 % spare |

    | Endpoint | Requests | p50 | p95 | p99 | Failed | TTFT p95 |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | chat | 9,000 | 121 ms | 274 ms | 371 ms | 0 % |  |
    | stream | 2,700 | 779 ms | 1.77 s | 2.45 s | 0 % | 353 ms |
    | GET /history | 330 | 8.39 ms | 18.2 ms | 22.4 ms | 0 % |  |
    | all requests | 12,030 | 143 ms | 1.15 s | 1.84 s | 0 % | 353 ms |

    Service: RSS 84 MB, +12 MB · peak 91 MB · CPU 0.6 cores

    Generator: loop 41 % busy, delay p99 6.1 ms · lag p99 1.2 ms · GC 34 ms; CPU 0.42 of 2, host 71 % · 100 connections · 41.3 in flight; 6,000 iterations = 6,000 ok; 12,030 requests = 12,030 ok

    </details>
    "
  `)
})

describe('the heading', () => {
  const passed = sampleTest({ verdicts: [verdict({})] })
  test.each([
    ['all passed', sampleFile([passed, sampleTest({})]), '## ✅ Performance: 2 tests passed'],
    [
      'one failed',
      sampleFile([passed, sampleTest({ state: 'failed' })]),
      '## ❌ Performance: 1 of 2 tests failed',
    ],
    [
      'interrupted',
      sampleFile([passed], { ending: 'interrupted' }),
      '## ⚠️ Performance: not finished',
    ],
    [
      'all skipped',
      sampleFile([sampleTest({ state: 'skipped' })]),
      '## ⚠️ Performance: no test ran',
    ],
    ['no test', sampleFile([]), '## ⚠️ Performance: no test ran'],
  ])('%s', (_, file, heading) => expect(renderMarkdown(file).split('\n')[0]).toBe(heading))
})

test.each([
  ['a|b', 'a&#124;b', 'no cell is split'],
  ['a\\|b', 'a&#92;&#124;b', 'nor by way of a backslash'],
  ['</details><img src=x>', '&#60;/details&#62;&#60;img src=x&#62;', 'no HTML'],
  ['&lt;', '&#38;lt;', 'no entity'],
  [
    '`code` *bold* ~gone~ $x$',
    '&#96;code&#96; &#42;bold&#42; &#126;gone&#126; &#36;x&#36;',
    'no markup',
  ],
  ['_a_ access_tokens', '&#95;a&#95; access_tokens', 'underscores inside a word are plain'],
  ['[link](http://x) @user #1', '&#91;link&#93;(http://x) &#64;user &#35;1', 'no link, no mention'],
  ['two\nlines', 'two lines', 'one line'],
  ['GET /orders/{}', 'GET /orders/{}', 'an ordinary name is left alone'],
])('%j is written %j: %s', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped))

test('hostile names keep every table in shape', () => {
  const name = '</summary>|`a`|\n## b <script>'
  const run = recordedRun([{ name }, { name, outcome: 'status', message: name }])
  const verdicts = [verdict({ subject: name, measured: Infinity })]
  const text = renderMarkdown(
    sampleFile([sampleTest({ file: name, name, runs: [run, run], verdicts })]),
  )
  const widths = (block: string): number[] =>
    block.split('\n').map((line) => line.split('|').length)
  const tables = text.split('\n\n').filter((block) => block.startsWith('|'))
  expect(tables).toHaveLength(6)
  for (const table of tables) expect(new Set(widths(table)).size).toBe(1)
  expect(text.match(/<\/?[a-z]+/g)?.filter((tag) => !/details|summary|sub|br/.test(tag))).toEqual(
    [],
  )
  expect(text).not.toMatch(/^## b/m)
  expect(text).toMatchInlineSnapshot(`
    "## ❌ Performance: 1 of 1 test failed

    1 performance test: 1 failed.

    <sub>linux x64, 8 CPUs, Node 24.21.0, Vitest 5.1.1, run 2026-01-31T09-05-07-k3x9</sub>

    | | Test | Limits | Load |
    | --- | --- | --- | --- |
    | ❌ | summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; › &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | 1 of 1 missed | 10 s · 1 user · 2 requests · 0.1/s succeeded · seed 1<br>10 s · 1 user · 2 requests · 0.1/s succeeded · seed 1 |

    <details open><summary>summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; › &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62;: 1 of 1 missed</summary>

    |  | Limit on | Measured | Limit | Margin |
    | --- | --- | ---: | ---: | ---: |
    | ❌ | &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | never | 300 ms | too many failed |

    **Load 1 of 2**

    | Endpoint | Requests | p50 | p95 | p99 | Failed |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | 2 | 100 ms | 100 ms | 100 ms | 50 % |

    <sub>times are of the 1 success</sub>

    Generator: loop 41 % busy, delay p99 6.1 ms · GC 34 ms; CPU 0.42 of 2, host 71 % · 0.8 in flight; 2 iterations = 1 ok + 1 failed; 2 requests = 1 ok + 1 failed

    | Times | Error | Said |
    | ---: | --- | --- |
    | 1 | status &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; |

    **Load 2 of 2**

    | Endpoint | Requests | p50 | p95 | p99 | Failed |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | 2 | 100 ms | 100 ms | 100 ms | 50 % |

    <sub>times are of the 1 success</sub>

    Generator: loop 41 % busy, delay p99 6.1 ms · GC 34 ms; CPU 0.42 of 2, host 71 % · 0.8 in flight; 2 iterations = 1 ok + 1 failed; 2 requests = 1 ok + 1 failed

    | Times | Error | Said |
    | ---: | --- | --- |
    | 1 | status &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; | &#60;/summary&#62;&#124;&#96;a&#96;&#124; &#35;&#35; b &#60;script&#62; |

    </details>
    "
  `)
})

describe('more than GitHub takes is left to the run file', () => {
  const run = recordedRun(
    Array.from({ length: 50 }, (_, at) => ({ name: `GET /${at}/${'x'.repeat(150)}` })),
  )
  const small = recordedRun([{}])
  const many = (count: number) =>
    sampleFile(
      Array.from({ length: count }, () => sampleTest({ runs: [count > 60 ? small : run] })),
    )

  test.each([
    ['the summary of a step', 'summary', 60, 400_000],
    ['a comment', 'comment', 60, 60_000],
    ['a comment on a thousand tests', 'comment', 1_000, 60_000],
  ] as const)('%s', (_, place, count, most) => {
    const text = renderMarkdown(many(count), { place })
    expect(text.length).toBeLessThanOrEqual(most)
    expect(text).toMatch(/Details of [\d,]+ more tests are in the run file\.\n$/)
  })
})

test('a comment has a mark, by which a workflow finds it again', () => {
  expect(renderMarkdown(SUITE, { place: 'comment' })).toMatch(/^<!-- vitest-perf -->\n## ❌ /)
})
