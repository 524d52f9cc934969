import { describe, expect, test } from 'vitest'
import { comparisonToMarkdown } from '../../../src/report/compare/compare-markdown.ts'
import { comparisonToTerminal } from '../../../src/report/compare/compare-terminal.ts'
import { headlineOf } from '../../../src/report/compare/words.ts'
import { displayWidth } from '../../../src/report/display-width.ts'
import { compared, sideFile, slowed } from '../../support/compared-runs.ts'
import { HOSTILE, UNSEEN } from '../../support/hostile.ts'
import { SHOP } from '../../support/run-file-samples.ts'

const slow = slowed(SHOP, 'GET /orders', { p50: 254 })
const [first, last] = [
  sideFile({ endpoints: SHOP, seed: 1 }),
  sideFile({
    endpoints: slow,
    seed: 2,
    file: {
      git: { commit: '4f7e11b0c2', branch: 'main', dirty: false },
      versions: { node: '26.0.0', vitest: '5.1.1' },
    },
  }),
]
const slower = compared([first, last])
const trend = compared([first, sideFile({ endpoints: SHOP, seed: 3 }), last])
const same = compared([first, first])
const other = compared([first, { ...first, machine: { ...first.machine, cpus: 2 } }])

const plain = (columns: number, of = slower): string =>
  comparisonToTerminal(of, { columns, colors: false })

test('in a terminal of 80 columns', () =>
  expect(plain(80)).toMatchInlineSnapshot(`
  " COMPARE ▲  slower: 1 of 3 endpoints
     first  2026-01-11T09-05-07-aaaa  main@6c8682f
     last   2026-01-12T09-05-07-aaaa  main@4f7e11b
     ! Node: 24.21.0, then 26.0.0

   chat.perf.ts › 100 users chat  30 s · 100 users
                                first     last  change    noise
     all requests      p50      17 ms  17.1 ms  +0.6 %   ±3.8 %  = within noise
                       p95     170 ms   330 ms   +93 %    ±30 %  ▲ slower
                       p99     355 ms   689 ms   +94 %
                       failed  1.25 %   1.25 %   +0 pt  ±0.7 pt  = within noise
                       req/s    160/s    160/s    +0 %   ±0.1 %  = within noise
     GET /orders       p50     134 ms   253 ms   +89 %    ±16 %  ▲ slower
                       p95     425 ms   823 ms   +94 %    ±37 %  ▲ slower
     GET /products/{}  p95      31 ms  30.9 ms  −0.4 %     ±6 %  = within noise
     POST /checkout    p95     102 ms   114 ms   +11 %    ±26 %  = within noise

   What it hints at
     1. GET /orders is slower throughout: p50 +89 %, p95 +94 %
        often each request does more work, or waits each time: a query, a call, a
        larger answer
        next profile one request of GET /orders, and count its queries
        (slower-throughout)

   13 figures judged at 5 % of false calls in all (Holm), changes from 5 % on"
`))

test('with three runs and room', () =>
  expect(plain(120, trend)).toMatchInlineSnapshot(`
  " COMPARE ▲  slower: 1 of 3 endpoints
     first  2026-01-11T09-05-07-aaaa  main@6c8682f
            2026-01-13T09-05-07-aaaa  main@6c8682f
     last   2026-01-12T09-05-07-aaaa  main@4f7e11b
     ! Node: 24.21.0, then 26.0.0

   chat.perf.ts › 100 users chat  30 s · 100 users
                                first     last  change    noise  trend
     all requests      p50      17 ms  17.1 ms  +0.6 %   ±3.8 %  ███    = within noise
                       p95     170 ms   330 ms   +93 %    ±30 %  ▁▁█    ▲ slower
                       p99     355 ms   689 ms   +94 %           ▂▁█
                       failed  1.25 %   1.25 %   +0 pt  ±0.7 pt  ███    = within noise
                       req/s    160/s    160/s    +0 %   ±0.1 %  ███    = within noise
     GET /orders       p50     134 ms   253 ms   +89 %    ±16 %  ▂▁█    ▲ slower
                       p95     425 ms   823 ms   +94 %    ±37 %  ▂▁█    ▲ slower
     GET /products/{}  p95      31 ms  30.9 ms  −0.4 %     ±6 %  ███    = within noise
     POST /checkout    p95     102 ms   114 ms   +11 %    ±26 %  ▇▇█    = within noise

   What it hints at
     1. GET /orders is slower throughout: p50 +89 %, p95 +94 %
        often each request does more work, or waits each time: a query, a call, a larger answer
        next profile one request of GET /orders, and count its queries (slower-throughout)

   13 figures judged at 5 % of false calls in all (Holm), changes from 5 % on"
`))

test('that could not be compared', () =>
  expect(plain(80, other)).toMatchInlineSnapshot(`
    " COMPARE ?  not comparable: CPUs: 8, then 2
       first  2026-01-11T09-05-07-aaaa  main@6c8682f
       last   2026-01-11T09-05-07-aaaa  main@6c8682f
       ✗ CPUs: 8, then 2

     chat.perf.ts › 100 users chat  30 s · 100 users
                                  first    last  change  noise
       all requests      p50      17 ms   17 ms    +0 %         ? not comparable
                         p95     170 ms  170 ms    +0 %         ? not comparable
                         p99     355 ms  355 ms    +0 %
                         failed  1.25 %  1.25 %   +0 pt         ? not comparable
                         req/s    160/s   160/s    +0 %         ? not comparable
       GET /orders       p95     425 ms  425 ms    +0 %         ? not comparable
       GET /products/{}  p95      31 ms   31 ms    +0 %         ? not comparable
       POST /checkout    p95     102 ms  102 ms    +0 %         ? not comparable

     nothing was judged"
  `))

test('in Markdown', () =>
  expect(comparisonToMarkdown(slower)).toMatchInlineSnapshot(`
  "## 🔺 Performance: slower: 1 of 3 endpoints

  | Run | Revision | Started |
  | --- | --- | --- |
  | 1. 2026-01-11T09-05-07-aaaa | main&#64;6c8682f | 2026-01-31T09:05:07.000Z |
  | 2. 2026-01-12T09-05-07-aaaa | main&#64;4f7e11b | 2026-01-31T09:05:07.000Z |

  - ⚠️ Node: 24.21.0, then 26.0.0

  ### chat.perf.ts › 100 users chat

  30 s · 100 users

  |  |  | Run 1 | Run 2 | Change | Noise | Verdict |
  | --- | --- | ---: | ---: | ---: | ---: | --- |
  | all requests | p50 | 17 ms | 17.1 ms | +0.6 % | ±3.8 % | within noise |
  |  | p95 | 170 ms | 330 ms | +93 % | ±30 % | 🔺 slower |
  |  | p99 | 355 ms | 689 ms | +94 % |  |  |
  |  | failed | 1.25 % | 1.25 % | +0 pt | ±0.7 pt | within noise |
  |  | req/s | 160/s | 160/s | +0 % | ±0.1 % | within noise |

  <details open><summary>3 endpoints</summary>

  |  |  | Run 1 | Run 2 | Change | Noise | Verdict |
  | --- | --- | ---: | ---: | ---: | ---: | --- |
  | GET /orders | p50 | 134 ms | 253 ms | +89 % | ±16 % | 🔺 slower |
  |  | p95 | 425 ms | 823 ms | +94 % | ±37 % | 🔺 slower |
  |  | p99 | 746 ms | 1.29 s | +73 % |  |  |
  |  | failed | 0.15 % | 0.15 % | +0 pt | ±1 pt | within noise |
  | GET /products/{} | p50 | 14 ms | 13.9 ms | −0.3 % | ±4.5 % | within noise |
  |  | p95 | 31 ms | 30.9 ms | −0.4 % | ±6 % | within noise |
  |  | p99 | 42.8 ms | 42.4 ms | −0.8 % |  |  |
  |  | failed | 0 % | 0 % | +0 pt | ±0.2 pt | within noise |
  | POST /checkout | p50 | 48.3 ms | 51 ms | +5.7 % | ±15 % | within noise |
  |  | p95 | 102 ms | 114 ms | +11 % | ±26 % | within noise |
  |  | p99 | 152 ms | 166 ms | +9.3 % |  |  |
  |  | failed | 10 % | 10 % | +0 pt | ±3.6 pt | within noise |

  </details>

  ### What it hints at

  1. **GET /orders is slower throughout: p50 +89 %, p95 +94 %** Often each request does more work, or waits each time: a query, a call, a larger answer. Next: profile one request of GET /orders, and count its queries <sub>slower-throughout</sub>

  <sub>13 figures judged, with a chance of 5 % of one false call in all (Holm); times count from a change of 5 % on. Noise is what both runs found in themselves.</sub>
  "
`))

test.each([
  ['slower: 1 of 3 endpoints', slower],
  ['within noise: 3 endpoints', same],
  ['better: 1 of 3 endpoints', compared([last, first])],
  ['not comparable: CPUs: 8, then 2', other],
])('the headline: %s', (headline, of) => expect(headlineOf(of)).toBe(headline))

describe.each([60, 80, 100, 120])('in %i columns', (columns) => {
  test.each([
    ['two runs', slower],
    ['three runs', trend],
    ['not comparable', other],
  ])('no line of %s is longer', (_, of) => {
    const widths = plain(columns, of).split('\n').map(displayWidth)
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
  })
})

test('colours are there only when there are colours', () => {
  expect(comparisonToTerminal(slower, { columns: 80, colors: true })).toContain('\u001B[')
  expect(plain(80)).not.toContain('\u001B[')
})

describe.each(HOSTILE)('%s', (_, text) => {
  const fails = { every: 3, kind: 'status', message: text, body: text } as const
  const [base, head] = [10, 40].map((p50) =>
    sideFile({
      endpoints: [{ name: text, perSecond: 20, p50, ...(p50 > 10 && { fails }) }],
      seed: p50,
      seconds: 8,
      file: {
        target: { baseUrl: `${text}${p50}` },
        git: { commit: text, branch: text, dirty: true },
      },
    }),
  ) as [ReturnType<typeof sideFile>, ReturnType<typeof sideFile>]
  const comparison = compared([base, head])

  test('is harmless in a terminal and in Markdown', () => {
    expect(plain(80, comparison)).not.toMatch(UNSEEN)
    const markdown = comparisonToMarkdown(comparison)
    expect(markdown).not.toMatch(UNSEEN)
    expect(markdown).not.toMatch(/<(?!\/?(?:details|summary|sub|br)\b)/)
    expect(markdown.length).toBeLessThan(100_000)
    expect(comparison.suggestions.length).toBeGreaterThan(0)
  })
})
