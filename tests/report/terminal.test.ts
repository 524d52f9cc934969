import { stripVTControlCharacters } from 'node:util'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { AbortedError } from '../../src/load/aborted.ts'
import { toLoadRun } from '../../src/load/load-run.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { cpu, memory, recordedRun } from '../support/recorded.ts'
import {
  CHAT,
  SUITE,
  sampleFile,
  sampleRecording,
  sampleRun,
  sampleTest,
  verdict,
} from '../support/run-file-samples.ts'

const path = '.vitest/perf/2026-01-31T09-05-07-k3x9.json'
/** Framed by line ends, so that the leading spaces of the first line are seen. */
const render = (file: RunFile, columns = 80): string =>
  `\n${renderTerminal(file, { columns, colors: false, path })}\n`

test('the summary of a suite', () => {
  expect(render(SUITE)).toMatchInlineSnapshot(`
    "

     PERF  ✓ 5 of 5  chat.perf.ts › 100 users chat
       30 s · 100 users · 12,030 requests · 401/s · seed 43
       ✓ p95 latency of chat           274 ms  limit 300 ms  8.6 % spare
       ✓ memory growth of the service   12 MB  limit 100 MB   88 % spare
       ✓ p95 TTFT of stream            353 ms  limit 5 s      93 % spare
         2 more limits met
       endpoint      requests      p50      p95      p99  failed  TTFT p95  course
       chat             9,000   121 ms   274 ms   371 ms     0 %            ▆▇▇█▇▆▇▆
       stream           2,700   779 ms   1.77 s   2.45 s     0 %    353 ms  ▄█▅▅▇▆▆▆
       GET /history       330  8.39 ms  18.2 ms  22.4 ms     0 %            ▅██▇▄▅█▅
       all requests    12,030   143 ms   1.15 s   1.84 s     0 %    353 ms  ▇█████▇▇
       latency   2.17 ms ▁▁▁▁▁▁▁▁▁▁▁▂▃▅▆█▅▄▂▂▂▃▂▂▂▁▁▁▁▁ 5.97 s
       service   RSS 84 MB, +12 MB · peak 91 MB · CPU 0.6 cores
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · lag p99 1.2 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 100 connections · 41.3 in flight

     PERF  ✗ 4 of 5 missed  shop.perf.ts › shop › sustains 200 users
       2m · 200 users · 19,440 requests · 160/s succeeded · seed 43
       ✗ success rate of all requests   98.7 %  limit 99 %    0.25 points under
       ✗ p95 latency of GET /orders     391 ms  limit 300 ms          30 % over
       ✗ p95 latency of POST /checkout   never  limit 100 ms    too many failed
       ✗ memory growth of the service   432 MB  limit 100 MB    4.32× the limit
       ✓ throughput of all requests      160/s  limit 100/s          60 % spare
       why       244 of 19,440 failed (1.25 %); most often: 240 times 503 POST
                   /checkout – {"error":"pool…
                 292 of 2,636 took longer than 300 ms (11 %); the median is 126 ms.
                 240 of 2,400 failed (10 %), and a percentile counts a failure as
                   never; all of them: 240 times 503 POST /checkout – {"error":"poo…
       ! generator saturated: event loop busy 97 %, delay p99 183 ms
       ! ramp-up: 10 of 810 requests failed, not counted in these figures
       endpoint          requests      p50      p95      p99  failed  course
       GET /orders          2,640   126 ms   391 ms   609 ms  0.15 %  ▃▃▇█▂▄▂▅
       GET /products/{}    14,400    14 ms  31.8 ms  43.1 ms     0 %  ███▇▇██▇
       POST /checkout       2,400  47.6 ms   110 ms   146 ms    10 %  ▅▆▅█▅▆▆▅
       all requests        19,440  17.3 ms   163 ms   352 ms  1.25 %  ▅█▇█▆▆▆▇
       latency   2.27 ms ▁▁▁▁▂▄▆▇█▇▆▄▃▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁ 1.49 s
       times are of the 19,196 successes
       service   RSS 742 MB, +432 MB · peak 745 MB · CPU 1.74 cores
       trust     with care: see ! above
       generator loop 97 % busy, delay p99 183 ms · GC 34 ms
                 CPU 1.12 of 2, host 88 % · 1,204 connections · 187 in flight
                 4,000 iterations = 3,770 ok + 210 failed + 20 aborted
                 19,460 requests = 19,196 ok + 244 failed + 20 aborted
       errors    240× 503 POST /checkout  {"error":"pool exhausted","retry":true,"p…
                   4× timeout GET /orders  no answer within 30 s
       re-run    PERF_SEED=43 npx vitest run tests/perf/shop.perf.ts \\
                   -t 'shop sustains 200 users'

     2 performance tests: 1 failed · 1 passed
     22 integration tests passed
     run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
    "
  `)
})

test('in a narrow terminal columns go before names do', () => {
  expect(render(SUITE, 60)).toMatchInlineSnapshot(`
    "

     PERF  ✓ 5 of 5  chat.perf.ts › 100 users chat
       30 s · 100 users · 12,030 requests · 401/s · seed 43
       ✓ p95 latency of chat   274 ms  limit 300 ms  8.6 % spare
       ✓ memory…f the service   12 MB  limit 100 MB   88 % spare
       ✓ p95 TTFT of stream    353 ms  limit 5 s      93 % spare
         2 more limits met
       endpoint      requests      p95  failed  TTFT p95
       chat             9,000   274 ms     0 %
       stream           2,700   1.77 s     0 %    353 ms
       GET /history       330  18.2 ms     0 %
       all requests    12,030   1.15 s     0 %    353 ms
       latency   2.17 ms ▁▁▁▁▁▁▁▁▁▁▁▂▃▅▆█▅▄▂▂▂▃▂▂▂▁▁▁▁▁ 5.97 s
       service   RSS 84 MB, +12 MB · peak 91 MB · CPU 0.6 cores
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · lag p99 1.2…
                 CPU 0.42 of 2, host 71 % · 100 connections · 4…

     PERF  ✗ 4 of 5 missed  shop.perf.ts › … › sustains 200 use…
       2m · 200 users · 19,440 requests · 160/s succeeded · see…
       ✗ success rate of all requests   98.7 %  limit 99 %
       ✗ p95 latency of GET /orders     391 ms  limit 300 ms
       ✗ p95 latency of POST /checkout   never  limit 100 ms
       ✗ memory growth of the service   432 MB  limit 100 MB
       ✓ throughput of all requests      160/s  limit 100/s
       why       244 of 19,440 failed (1.25 %); most often: 240
                   times 503 POST /checkout – {"error":"pool…
                 292 of 2,636 took longer than 300 ms (11 %);
                   the median is 126 ms.
                 240 of 2,400 failed (10 %), and a percentile
                   counts a failure as never; all of them: 240…
       ! generator saturated: event loop busy 97 %, delay p99 1…
       ! ramp-up: 10 of 810 requests failed, not counted in the…
       endpoint          requests      p50      p95  failed
       GET /orders          2,640   126 ms   391 ms  0.15 %
       GET /products/{}    14,400    14 ms  31.8 ms     0 %
       POST /checkout       2,400  47.6 ms   110 ms    10 %
       all requests        19,440  17.3 ms   163 ms  1.25 %
       latency   2.27 ms ▁▁▁▁▂▄▆▇█▇▆▄▃▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁ 1.49 s
       times are of the 19,196 successes
       service   RSS 742 MB, +432 MB · peak 745 MB · CPU 1.74 c…
       trust     with care: see ! above
       generator loop 97 % busy, delay p99 183 ms · GC 34 ms
                 CPU 1.12 of 2, host 88 % · 1,204 connections ·…
                 4,000 iterations = 3,770 ok + 210 failed + 20…
                 19,460 requests = 19,196 ok + 244 failed + 20…
       errors    240× 503 POST /checkout  {"error":"pool exhaus…
                   4× timeout GET /orders  no answer within 30 s

     2 performance tests: 1 failed · 1 passed
     22 integration tests passed
     run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
    "
  `)
})

test('with room for it the load stands beside the title', () => {
  const file = sampleFile([sampleTest({ runs: [recordedRun([{ times: 5 }])], verdicts: [] })])
  expect(render(file, 120).split('\n')[2]).toMatchInlineSnapshot(
    `" PERF  ✓ no limits  chat.perf.ts › 100 users chat   10 s · 1 user · 5 requests · 0.5/s · seed 1"`,
  )
})

test.each([
  [80, ' PERF  ✓ no limits  chat.perf.ts › chat › many users › the first token'],
  [69, ' PERF  ✓ no limits  chat.perf.ts › … › many users › the first token'],
  [60, ' PERF  ✓ no limits  chat.perf.ts › … › the first token'],
  [50, ' PERF  ✓ no limits  chat.perf.ts › … › the first…'],
])('in %i columns a title loses its outer groups first', (columns, line) => {
  const run = recordedRun([{ times: 5 }])
  const name = 'chat > many users > the first token'
  const file = sampleFile([sampleTest({ name, runs: [run] })])
  expect(render(file, columns).split('\n')[2]).toBe(line)
})

describe('what did not go as planned', () => {
  test('an interrupted load, and tests that never came to their turn', () => {
    const run = sampleRun(CHAT, {
      seconds: 4,
      with: {
        ending: 'interrupted',
        aborted: 17,
        outcomes: { ok: 1_000, cutOff: 17 },
        elapsed: 9_400,
      },
    })
    const tests = [
      sampleTest({ runs: [run], state: 'failed', errors: ['the run was cancelled'] }),
      sampleTest({ state: 'passed' }),
      sampleTest({ state: 'skipped' }),
      sampleTest({ state: 'running' }),
    ]
    expect(render(sampleFile(tests, { ending: 'interrupted' }))).toMatchInlineSnapshot(`
      "

       PERF  ✗ failed  chat.perf.ts › 100 users chat
         4 s · 100 users · 1,604 requests · 401/s · seed 43
         ✗ the run was cancelled
         ! interrupted after 9.4 s: partial figures
         ! 17 requests cut off at the end, not in these figures
         endpoint      requests      p50      p95      p99  failed  TTFT p95  course
         chat             1,200   121 ms   272 ms   387 ms     0 %            ▇▆▇█
         stream             360   770 ms   1.75 s    2.7 s     0 %    351 ms  ▃▃▄█
         GET /history        44  8.75 ms  17.9 ms  23.5 ms     0 %            ▅▅▄█
         all requests     1,604   144 ms   1.13 s   1.85 s     0 %    351 ms  ▇▅██
         latency   3.34 ms ▁▁▁▁▁▁▁▁▁▁▁▃▅▇██▆▃▂▂▂▃▃▂▂▁▁▁▁▁ 5.18 s
         trust     the generator was not watched
         re-run    PERF_SEED=43 npx vitest run tests/perf/chat.perf.ts \\
                     -t '100 users chat'

       1 performance test: 1 failed
       1 integration test passed
       2 tests: 1 skipped · 1 not finished
       ! interrupted: figures are of what ran
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
  })

  test('an aborted load, which is the error of its test: told once', () => {
    const run = { ...recordedRun([{ outcome: 'status', times: 4 }]), ending: 'aborted' } as const
    const aborted = { ...run, reason: '100 % of 4 requests failed within 1 s' }
    const error = new AbortedError(toLoadRun(aborted)).message
    const test = { runs: [aborted], state: 'failed', errors: [error] } as const
    const shown = renderTerminal(sampleFile([sampleTest(test)]), { columns: 120, colors: false })
    expect(shown.match(/aborted after .*: 100 % of 4 requests failed/g)).toHaveLength(1)
  })

  test('several loads in one test, one stopped by its deadline, none judged', () => {
    const first = recordedRun([{ times: 30, took: 12 }])
    const second = sampleRun([], {
      seconds: 1,
      with: { ending: 'deadline', ...sampleRecording([], 1) },
    })
    expect(render(sampleFile([sampleTest({ runs: [first, second] })]))).toMatchInlineSnapshot(`
      "

       PERF  ✓ no limits  chat.perf.ts › 100 users chat
         load 1 of 2  10 s · 1 user · 30 requests · 3/s · seed 1
         endpoint  requests    p50    p95    p99  failed
         chat            30  12 ms  12 ms  12 ms     0 %
         trust     yes: the generator kept up
         generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                   CPU 0.42 of 2, host 71 % · 0.8 in flight
         load 2 of 2  1 s · 100 users · 0 iterations · seed 43
         ! stopped at its own deadline after 6.2 s
                     requests  p50  p95  p99  failed
         iterations         0    –    –    –       –
         trust     the generator was not watched

       1 performance test passed
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
  })

  test('a service that everything failed against, and that exited', () => {
    const run = recordedRun(
      [{ outcome: 'refused', message: 'connect ECONNREFUSED 127.0.0.1:8080', times: 30 }],
      {
        memory: memory({
          samples: 1,
          start: 5e7,
          end: 5e7,
          peak: 5e7,
          min: 5e7,
          ended: 'process exited',
        }),
      },
    )
    const never = verdict({ measured: Infinity, samples: 30 })
    expect(render(sampleFile([sampleTest({ runs: [run], verdicts: [never] })])))
      .toMatchInlineSnapshot(`
        "

         PERF  ✗ 1 of 1 missed  chat.perf.ts › 100 users chat
           10 s · 1 user · 30 requests · 0/s succeeded · seed 1
           ✗ p95 latency of chat  never  limit 300 ms  too many failed
           why       30 of 30 failed (100 %), and a percentile counts a failure as
                       never; all of them: 30 times refused chat – connect ECONNREFUSED…
           endpoint  requests  p50  p95  p99  failed
           chat            30    –    –    –   100 %
           service   its process exited · RSS 50 MB
           trust     yes: the generator kept up
           generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                     CPU 0.42 of 2, host 71 % · 0.8 in flight
                     30 iterations = 0 ok + 30 failed
                     30 requests = 0 ok + 30 failed
           errors    30× refused chat  connect ECONNREFUSED 127.0.0.1:{}
           re-run    PERF_SEED=1 npx vitest run tests/perf/chat.perf.ts \\
                       -t '100 users chat'

         1 performance test: 1 failed
         run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
        "
      `)
  })

  test('many limits, endpoints and errors: the worst of them', () => {
    const rows = Array.from({ length: 30 }, (_, at) => ({
      name: `GET /endpoint-${at}`,
      took: 100 + at,
      times: 2,
    }))
    const failures = Array.from({ length: 9 }, (_, at) => ({
      name: `GET /endpoint-${at}`,
      outcome: 'status' as const,
      times: 1_000 - at * 120,
    }))
    const verdicts = Array.from({ length: 24 }, (_, at) =>
      verdict({ subject: `p95 latency of GET /endpoint-${at}`, measured: 250 + at * 5 }),
    )
    expect(
      render(sampleFile([sampleTest({ runs: [recordedRun([...rows, ...failures])], verdicts })])),
    ).toMatchInlineSnapshot(`
      "

       PERF  ✗ 13 of 24 missed  chat.perf.ts › 100 users chat
         10 s · 1 user · 4,740 requests · 6/s succeeded · seed 1
         ✗ p95 latency of GET /endpoint-11  305 ms  limit 300 ms   1.7 % over
         ✗ p95 latency of GET /endpoint-12  310 ms  limit 300 ms   3.3 % over
         ✗ p95 latency of GET /endpoint-13  315 ms  limit 300 ms     5 % over
         ✗ p95 latency of GET /endpoint-14  320 ms  limit 300 ms   6.7 % over
         ✗ p95 latency of GET /endpoint-15  325 ms  limit 300 ms   8.3 % over
         ✗ p95 latency of GET /endpoint-16  330 ms  limit 300 ms    10 % over
         ✗ p95 latency of GET /endpoint-17  335 ms  limit 300 ms    12 % over
         ✗ p95 latency of GET /endpoint-18  340 ms  limit 300 ms    13 % over
         ✗ p95 latency of GET /endpoint-19  345 ms  limit 300 ms    15 % over
         ✗ p95 latency of GET /endpoint-20  350 ms  limit 300 ms    17 % over
         ✓ p95 latency of GET /endpoint-10  300 ms  limit 300 ms    0 % spare
         ✓ p95 latency of GET /endpoint-9   295 ms  limit 300 ms  1.7 % spare
         ✓ p95 latency of GET /endpoint-8   290 ms  limit 300 ms  3.3 % spare
           3 more limits missed · 8 more limits met
         why       0 of 2 took longer than 300 ms (0 %); the median is 111 ms.
                   0 of 2 took longer than 300 ms (0 %); the median is 112 ms.
                   0 of 2 took longer than 300 ms (0 %); the median is 113 ms.
         endpoint          requests     p50     p95     p99   failed
         GET /endpoint-0      1,002  100 ms  100 ms  100 ms   99.8 %
         GET /endpoint-1        882  101 ms  101 ms  101 ms  99.77 %
         GET /endpoint-2        762  102 ms  102 ms  102 ms  99.73 %
         GET /endpoint-3        642  103 ms  103 ms  103 ms  99.68 %
         GET /endpoint-4        522  104 ms  104 ms  104 ms  99.61 %
         GET /endpoint-5        402  105 ms  105 ms  105 ms   99.5 %
         GET /endpoint-6        282  106 ms  106 ms  106 ms  99.29 %
         GET /endpoint-7        162  107 ms  107 ms  107 ms   98.7 %
         GET /endpoint-8         42  108 ms  108 ms  108 ms   95.2 %
         GET /endpoint-29         2  129 ms  129 ms  129 ms      0 %
         GET /endpoint-28         2  128 ms  128 ms  128 ms      0 %
         GET /endpoint-27         2  127 ms  127 ms  127 ms      0 %
         … 18 more endpoints in the run file
         all requests         4,740  114 ms  128 ms  129 ms   98.7 %
         latency   100 ms ▄▄▄▄▄▄▄ ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄█ 129 ms
         times are of the 60 successes
         trust     yes: the generator kept up
         generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                   CPU 0.42 of 2, host 71 % · 0.8 in flight
                   4,740 iterations = 60 ok + 4,680 failed
                   4,740 requests = 60 ok + 4,680 failed
         errors    1,000× status GET /endpoint-0  answered 503
                     880× status GET /endpoint-1  answered 503
                     760× status GET /endpoint-2  answered 503
                     640× status GET /endpoint-3  answered 503
                     520× status GET /endpoint-4  answered 503
                   880 errors of 4 more kinds
         re-run    PERF_SEED=1 npx vitest run tests/perf/chat.perf.ts \\
                     -t '100 users chat'

       1 performance test: 1 failed
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
  })

  test('requests cut off at the end, and metrics of the suite beside a few failures', () => {
    const rows = [{ times: 95 }, { times: 5, outcome: 'timeout' as const, message: 'no answer' }]
    const run = recordedRun([...rows, { times: 3, outcome: 'cutOff' }], {
      metrics: (metrics) => {
        metrics.timing('render', 12)
        metrics.count('tokens', 51_234)
        metrics.gauge('queue', 9)
        metrics.gauge('queue', 3)
        metrics.rate('cache hit', true)
      },
    })
    expect(render(sampleFile([sampleTest({ runs: [run] })]))).toMatchInlineSnapshot(`
      "

       PERF  ✓ no limits  chat.perf.ts › 100 users chat
         10 s · 1 user · 100 requests · 9.5/s succeeded · seed 1
         ! 3 requests cut off at the end, not in these figures
         endpoint  requests     p50     p95     p99  failed
         chat           100  100 ms  100 ms  100 ms     5 %
         times are of the 95 successes
         trust     with care: see ! above
         generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                   CPU 0.42 of 2, host 71 % · 0.8 in flight
                   103 iterations = 95 ok + 5 failed + 3 aborted
                   103 requests = 95 ok + 5 failed + 3 aborted
         metrics   render p95 12 ms · tokens 51,234 · queue 3, at most 9 · cache hit…
         errors    5× timeout chat  no answer

       1 performance test passed
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
  })

  test('no run file', () => {
    const warning = 'the run file was not written: ENOSPC: no space left on device'
    const text = renderTerminal(sampleFile([]), { columns: 80, colors: false, warnings: [warning] })
    expect(text).toMatchInlineSnapshot(`
      "
       ! the run file was not written: ENOSPC: no space left on device"
    `)
  })

  test('limits without a load: a monitor, a benchmark', () => {
    const verdicts = [
      verdict({ subject: 'memory growth of node', unit: 'bytes', limit: 1e6, measured: 2_500 }),
    ]
    expect(render(sampleFile([sampleTest({ verdicts })]))).toMatchInlineSnapshot(`
      "

       PERF  ✓ 1 of 1  chat.perf.ts › 100 users chat
         ✓ memory growth of node  2.5 kB  limit 1 MB  99 % spare

       1 performance test passed
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
  })
})

test('without any figure only the tests are counted', () => {
  expect(render(sampleFile([sampleTest({}), sampleTest({ state: 'failed' })])))
    .toMatchInlineSnapshot(`
      "

       2 integration tests: 1 failed · 1 passed
       run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
      "
    `)
})

test('colours change nothing but colours, and no line leaves one open', () => {
  const colored = renderTerminal(SUITE, { columns: 80, colors: true, path })
  expect(stripVTControlCharacters(colored).replaceAll(/ +$/gm, '')).toBe(
    renderTerminal(SUITE, { columns: 80, colors: false, path }),
  )
  for (const line of colored.split('\n')) {
    const codes = line
      .split('\u001B[')
      .slice(1)
      .map((rest) => Number.parseInt(rest, 10))
    const opened = codes.filter((code) => ![0, 22, 39, 49].includes(code))
    expect(codes).toHaveLength(opened.length * 2)
  }
})

const HOSTILE =
  '\u001B[2J\u202Eevil\n\r\u0007| 注文 👩\u200D🚀 `</details>` ' + 'z\u0335'.repeat(40)

const hostileFile = (text: string): RunFile => {
  const rows = [
    { name: text, ttft: 20, times: 3 },
    { name: `${text}2`, outcome: 'status' as const, message: text },
  ]
  const run = recordedRun(rows, { title: text, memory: memory({ problem: text }), cpu: cpu({}) })
  const verdicts = [verdict({ subject: text }), verdict({ subject: text, measured: Infinity })]
  const test = { file: text, name: text, project: text, errors: [text] }
  return sampleFile([
    sampleTest({ ...test, runs: [run, run], verdicts }),
    sampleTest({ ...test, runs: [run], state: 'failed' }),
  ])
}

test('hostile names stay in their place', () => {
  expect(render(hostileFile(HOSTILE))).toMatchInlineSnapshot(`
    "

     PERF  ✗ 1 of 2 missed  details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵ › ev…
       ✗ evil | 注文…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵   never  limit 300 ms  too many failed
       ✓ evil | 注文…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵  172 ms  limit 300 ms       43 % spare
       load 1 of 2  10 s · 1 user · 4 requests · 0.3/s succeeded · seed 1
       endpoint                   requests     p50     p95     p99  failed  TTFT p95
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵         3  100 ms  100 ms  100 ms     0 %     20 ms
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵2         1       –       –       –   100 %
       all requests                      4  100 ms  100 ms  100 ms    25 %     20 ms
       times are of the 3 successes
       service   not watched: evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight
                 4 iterations = 3 ok + 1 failed
                 4 requests = 3 ok + 1 failed
       errors    1× status evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…
       load 2 of 2  10 s · 1 user · 4 requests · 0.3/s succeeded · seed 1
       endpoint                   requests     p50     p95     p99  failed  TTFT p95
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵         3  100 ms  100 ms  100 ms     0 %     20 ms
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵2         1       –       –       –   100 %
       all requests                      4  100 ms  100 ms  100 ms    25 %     20 ms
       times are of the 3 successes
       service   not watched: evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight
                 4 iterations = 3 ok + 1 failed
                 4 requests = 3 ok + 1 failed
       errors    1× status evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…

     PERF  ✗ failed  details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵ › evil | 注…
       10 s · 1 user · 4 requests · 0.3/s succeeded · seed 1
       ✗ evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵
       endpoint                   requests     p50     p95     p99  failed  TTFT p95
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵         3  100 ms  100 ms  100 ms     0 %     20 ms
       evil |…z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵2         1       –       –       –   100 %
       all requests                      4  100 ms  100 ms  100 ms    25 %     20 ms
       times are of the 3 successes
       service   not watched: evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight
                 4 iterations = 3 ok + 1 failed
                 4 requests = 3 ok + 1 failed
       errors    1× status evil | 注文 👩🚀 \`</details>\` z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵z̵…

     2 performance tests: 2 failed
     run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
    "
  `)
})

property.prop([fc.string({ unit: 'binary', maxLength: 120 }), fc.integer({ min: 30, max: 130 })])(
  'no line is longer than the terminal, whatever the names are',
  (name, columns) => {
    const text = renderTerminal(hostileFile(name), {
      columns,
      colors: false,
      path: `${name}/run.json`,
    })
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  },
)

test('what is missing is a dash, never NaN', () => {
  const nothing = recordedRun([], { duration: 0 })
  const odd = sampleTest({
    runs: [nothing],
    verdicts: [verdict({ measured: NaN }), verdict({ measured: undefined })],
  })
  const text = render(sampleFile([odd]))
  expect(text).not.toMatch(/NaN|undefined|null|Infinity/)
  expect(text).toMatchInlineSnapshot(`
    "

     PERF  ✗ 2 of 2 missed  chat.perf.ts › 100 users chat
       0 ms · 1 user · 0 iterations · seed 1
       ✗ p95 latency of chat  not measured  limit 300 ms
       ✗ p95 latency of chat  not measured  limit 300 ms
                   requests  p50  p95  p99  failed
       iterations         0    –    –    –       –
       trust     yes: the generator kept up
       generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                 CPU 0.42 of 2, host 71 % · 0.8 in flight
       re-run    PERF_SEED=1 npx vitest run tests/perf/chat.perf.ts \\
                   -t '100 users chat'

     1 performance test: 1 failed
     run file  .vitest/perf/2026-01-31T09-05-07-k3x9.json
    "
  `)
})

test('a percentile of too few samples', () => {
  const note =
    'p99 of checkout rests on 40 requests: at least 100 are needed to tell it from the slowest'
  const few = verdict({ subject: 'p99 latency of checkout', note })
  const file = sampleFile([sampleTest({ verdicts: [few, { ...few, limit: 900 }] })])
  const noted = render(file)
    .split('\n')
    .filter((line) => /!|least/.test(line))
  expect(noted).toEqual([
    '   ! p99 of checkout rests on 40 requests:',
    '     at least 100 are needed to tell it from the slowest',
  ])
  expect(render(file, 120)).toContain(`   ! ${note}\n`)
})
