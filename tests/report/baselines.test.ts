import { expect, test } from 'vitest'
import type { BaselineFacts, Verdict } from '../../src/limits/verdict.ts'
import type { RunData } from '../../src/load/load-run.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { displayWidth } from '../../src/report/display-width.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { CHAT, sampleFile, sampleRun, sampleTest, verdict } from '../support/run-file-samples.ts'

/** A figure of a run beside its baseline, 10 % tolerated. */
const compared = (
  subject: string,
  change: number | 'never' | undefined,
  baseline: Partial<BaselineFacts>,
  over: Partial<Verdict> = {},
): Verdict => ({
  ...verdict({ subject, unit: 'ratio', limit: 0.1, samples: 5 }),
  status: 'pass',
  measured: change,
  baseline: { state: 'judged', unit: 'ms', before: 120, now: 124, runs: [5, 5], ...baseline },
  ...over,
})

const OPEN = {
  status: 'inconclusive',
  confidence: 0.95,
  low: 0.02,
  high: 0.13,
  counts: 'runs',
} as const

const VERDICTS: readonly Verdict[] = [
  compared('p95 latency of stream', 0.261, { now: 151.3, before: 120 }, { status: 'fail' }),
  compared('p50 latency of stream', 0.08, { now: 129.6 }, { proof: OPEN }),
  compared('p95 latency of chat', -0.031, { now: 116.3 }),
  compared('throughput of chat', -0.05, { unit: '/s', before: 50, now: 47.5 }, { limit: -0.1 }),
]

const UNJUDGED: readonly Verdict[] = [
  compared('p95 latency of chat', undefined, { state: 'new', before: undefined }),
  compared('p50 latency of chat', 0.3, { state: 'updated' }),
  compared(
    'p99 latency of chat',
    0.02,
    { state: 'not judged', runs: [5, 1] },
    {
      note: 'not judged: 1 run against 5 cannot tell at 95 %: load({ repeats: 3 })',
    },
  ),
  compared(
    'p95 latency of all requests',
    undefined,
    { state: 'not comparable', before: undefined },
    {
      note: 'not comparable: the baseline is of another machine: AMD EPYC 7763 × 4 → Apple M3 × 8',
    },
  ),
  compared(
    'mean latency of chat',
    undefined,
    { state: 'absent', before: undefined },
    {
      status: 'fail',
      note: 'there is no baseline, and a CI run writes none',
    },
  ),
]

const repeated: RunData = {
  ...sampleRun(CHAT, { seconds: 10 }),
  repeats: [118, 131, 122].map((p95) => ({
    duration: 10_000,
    count: 4_000,
    failed: 0,
    throughput: { mean: 400 + p95 / 10 },
    latency: { p50: p95 / 2, p95, p99: p95 * 2 },
  })),
}

const file = sampleFile([
  sampleTest({ name: 'judged', runs: [repeated], verdicts: VERDICTS }),
  sampleTest({ name: 'not judged', verdicts: UNJUDGED }),
])

test('the terminal tells by how much a figure differs, and what was not judged, in 80 columns', () => {
  const text = renderTerminal(file, { columns: 80, colors: false })
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  const shown = text.split('\n').filter((line) => /^ (PERF|  (✗|✓|!|~|  ))|runs/.test(line))
  expect(shown.join('\n')).toMatchInlineSnapshot(`
    " PERF  ✗ 1 of 4 missed  chat.perf.ts › judged
       10 s in 3 runs · 100 users · 4,010 requests · 401/s · seed 43
       ✗ p95 latency of stream  +26.1 %  baseline +10 %    120 → 151 ms
       ✓ p50 latency of stream     +8 %  baseline +10 %  120 → 130 ms ~
       ✓ p95 latency of chat     -3.1 %  baseline +10 %    120 → 116 ms
       ✓ throughput of chat        -5 %  baseline -10 %     50 → 47.5/s
       ~ not proven: p95 at 95 % is too near its limit to tell
       repeats   3 runs: p50 59 ms … 65.5 ms · p95 118 ms … 131 ms · 412/s … 413/s
     PERF  ✗ 1 of 5 missed  chat.perf.ts › not judged
       ✗ mean latency of chat  124 ms  no baseline
       ✓ p50 latency of chat    +30 %  baseline updated              120 → 124 ms
       ✓ p99 latency of chat     +2 %  baseline +10 %    120 → 124 ms, not judged
       ✓ p95 latency of chat   124 ms  baseline written
       ! there is no baseline, and a CI run writes none
       ! not judged: 1 run against 5 cannot tell at 95 %: load({ repeats: 3 })
       ! not comparable:
         the baseline is of another machine: AMD EPYC 7763 × 4 → Apple M3 × 8
         1 more limit met"
  `)
})

test('so does the Markdown summary', () => {
  const lines = renderMarkdown(file).split('\n')
  const shown = lines.filter((line) => /^(\| (✅|❌)|- |Repeats)/.test(line))
  expect(shown.join('\n')).toMatchInlineSnapshot(`
    "| ❌ | chat.perf.ts › judged | 1 of 4 missed | 10 s in 3 runs · 100 users · 4,010 requests · 401/s · seed 43 |
    | ❌ | chat.perf.ts › not judged | 1 of 5 missed |  |
    | ❌ | p95 latency of stream | +26.1 % | baseline +10 % | 120 → 151 ms |
    | ✅ | p50 latency of stream | +8 % | baseline +10 % | 120 → 130 ms ~ |
    | ✅ | p95 latency of chat | -3.1 % | baseline +10 % | 120 → 116 ms |
    | ✅ | throughput of chat | -5 % | baseline -10 % | 50 → 47.5/s |
    - ~ not proven: p95 at 95 % is too near its limit to tell
    Repeats: 3 runs: p50 59 ms … 65.5 ms · p95 118 ms … 131 ms · 412/s … 413/s
    | ❌ | mean latency of chat | 124 ms | no baseline |  |
    | ✅ | p50 latency of chat | +30 % | baseline updated | 120 → 124 ms |
    | ✅ | p99 latency of chat | +2 % | baseline +10 % | 120 → 124 ms, not judged |
    | ✅ | p95 latency of chat | 124 ms | baseline written |  |
    | ✅ | p95 latency of all requests | 124 ms | not comparable |  |
    - ⚠️ not judged: 1 run against 5 cannot tell at 95 %: load({ repeats: 3 })
    - ⚠️ not comparable: the baseline is of another machine: AMD EPYC 7763 × 4 → Apple M3 × 8
    - ⚠️ there is no baseline, and a CI run writes none"
  `)
})
