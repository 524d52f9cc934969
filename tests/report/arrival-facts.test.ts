import { describe, expect, test } from 'vitest'
import type { RunData } from '../../src/load/load-run.ts'
import type { OpenShape } from '../../src/load/load-shape.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize } from '../../src/metrics/summary.ts'
import { arrivalsOf } from '../../src/report/arrival-facts.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { factsOf, timesOf, warningsOf } from '../../src/report/run-facts.ts'
import { fromRunRecord, toRunRecord, type RunRecord } from '../../src/run-file/run-record.ts'
import { recordedRun } from '../support/recorded.ts'
import { sampleFile, sampleTest } from '../support/run-file-samples.ts'

interface Told {
  readonly dropped?: number
  /** How many of the 1,000 starts were 50 ms late. */
  readonly late?: number
  readonly shape?: Partial<OpenShape>
}

const openShape: OpenShape = {
  model: 'open',
  users: 40,
  stretches: [{ from: 100, to: 100, duration: 10_000 }],
  arrivals: 'even',
  rampUp: 0,
  warmUp: 0,
  duration: 10_000,
}

/** Ten seconds of an open load of 100/s whose every answer takes 20 ms. */
function openRun({ dropped = 0, late = 0, shape = {} }: Told = {}): RunData {
  const recorder = new Recorder(0, { open: true })
  for (let arrival = 0; arrival < 1_000; arrival++) {
    const lag = arrival < late ? 50 : 0.5
    const startedAt = arrival * 10 + lag
    const sample = {
      outcome: 'ok',
      startedAt,
      lag,
      endedAt: startedAt + 20,
      firstByteAt: undefined,
    } as const
    recorder.users(3)
    recorder.arrivals?.started(lag)
    recorder.series('chat').record(sample)
    recorder.iteration(sample)
  }
  for (let arrival = 0; arrival < dropped; arrival++) recorder.arrivals?.dropped()
  return {
    ...recordedRun([]),
    ...summarize(recorder.data(10_000), 10_000),
    title: '100 chats a second',
    shape: { ...openShape, ...shape },
  }
}

describe('an open load says', () => {
  test('the rate it asked for and the one it reached', () => {
    expect(factsOf(openRun())).toMatchInlineSnapshot(
      `"10 s · 100 of 100/s started · up to 3 users · 1,000 requests · 100/s · seed 1"`,
    )
    const stretches = [
      { from: 10, to: 200, duration: 5_000 },
      { from: 200, to: 50, duration: 5_000 },
    ]
    expect(factsOf(openRun({ shape: { stretches } }))).toContain('100 of 10–200/s started')
  })

  test('what became of its arrivals', () => {
    expect(arrivalsOf(openRun({ dropped: 12, late: 15 }))).toMatchInlineSnapshot(
      `"1,012 · 12 dropped · 15 late · lag p50 0.5 ms, p99 50 ms"`,
    )
  })

  test('that times count from the intended start', () => {
    expect(timesOf(openRun({ late: 100 }))).toMatchInlineSnapshot(`
      [
        "from the intended start; service time p50 20 ms · p95 20 ms · p99 20 ms",
      ]
    `)
  })
})

test('few late starts are no warning, many and any dropped arrival are', () => {
  expect(warningsOf(openRun({ late: 50 }))).toEqual([])
  expect(warningsOf(openRun({ late: 51, dropped: 1 }))).toMatchInlineSnapshot(`
    [
      "1 of 1,001 arrivals dropped, all 40 users busy: not in these times",
      "51 of 1,000 starts more than 10 ms late: this machine was too busy",
    ]
  `)
})

test('a closed load says nothing of it', () => {
  const run = recordedRun([{ took: 10 }])
  expect([arrivalsOf(run), timesOf(run), warningsOf(run)]).toEqual([undefined, [], []])
})

describe('the run file', () => {
  const run = openRun({ dropped: 12, late: 15 })
  const back = fromRunRecord(JSON.parse(JSON.stringify(toRunRecord(run))) as RunRecord)

  test('keeps arrivals, service times and what is missing', () => {
    expect(back.shape).toEqual(run.shape)
    expect(back.arrivals).toEqual(run.arrivals)
    expect(back.service).toEqual(run.service)
    expect(back.latency).toEqual(run.latency)
    expect(back.latency.dropped).toBe(12)
    expect(back.iterations.service.p95).toBe(20)
  })

  test('keeps nothing of it for a closed load', () => {
    const text = JSON.stringify(
      toRunRecord({ ...recordedRun([{ took: 10 }]), generator: undefined }),
    )
    expect(text).not.toMatch(/"arrivals"|"service":|"dropped"/)
  })

  test('gives the reports of them', () => {
    const file = sampleFile([sampleTest({ runs: [run] })])
    expect(`\n${renderTerminal(file, { columns: 80, colors: false, path: 'run.json' })}\n`)
      .toMatchInlineSnapshot(`
        "

         PERF  ✓ no limits  chat.perf.ts › 100 users chat
           10 s · 100 of 100/s started · up to 3 users · 1,000 requests · 100/s · seed 1
           ! 12 of 1,012 arrivals dropped, all 40 users busy: not in these times
           endpoint  requests      p50      p95    p99  failed  course
           chat         1,000  20.5 ms  20.5 ms  70 ms     0 %  █▁▁▁▁▁▁▁
           latency   20.5 ms █                            ▁ 70 ms
           from the intended start; service time p50 20 ms · p95 20 ms · p99 20 ms
           arrivals  1,012 · 12 dropped · 15 late · lag p50 0.5 ms, p99 50 ms
           trust     with care: see ! above
           generator loop 41 % busy, delay p99 6.1 ms · GC 34 ms
                     CPU 0.42 of 2, host 71 % · 0.8 in flight

         1 performance test passed
         run file  run.json
        "
      `)
    const markdown = renderMarkdown(file)
    expect(markdown).toContain('100 of 100/s started · up to 3 users')
    expect(markdown).toMatch(/^Arrivals: 1,012 · 12 dropped/m)
  })
})
