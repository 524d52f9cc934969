import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { ExtensionWatch, planExtension } from '../../src/load/extension.ts'
import type { Limits } from '../../src/limits/grammar.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { planLoad } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Tick } from '../../src/load/tick.ts'
import { planVerdict } from '../../src/load/verdict-plan.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { courseNotes } from '../../src/report/course-facts.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const EXTEND = { onInconclusive: 'extend' } as const

const load = (options: LoadOptions, given: Parameters<typeof loadEnvironment>[0] = {}) =>
  runLoad({ verdict: EXTEND, ...options }, ({ pause }) => pause(10), loadEnvironment(given))

describe('how long a load may go on', () => {
  test.each([
    [30_000, undefined, 0.95, [30_000, 60_000, 120_000], 0.98333],
    [30_000, 90_000, 0.95, [30_000, 60_000, 90_000], 0.98333],
    [30_000, 60_000, 0.9, [30_000, 60_000], 0.95],
    [30_000, 30_000, 0.95, [30_000], 0.95],
  ])('%i ms, at most %s: looks that hold %d together', (duration, most, sure, looks, each) => {
    const plan = planExtension(duration, most, { confidence: sure })
    expect(plan.looks).toEqual(looks)
    expect(plan.confidence).toBeCloseTo(each, 4)
  })
})

describe('a look at the limits', () => {
  /** So many seconds with 50 answers each, of which some are slow. */
  const seconds = (many: number, slow: number) =>
    recordedRun(
      Array.from({ length: many }, (_, second) => [
        { at: second * 1_000 + 500, took: 100, times: 50 - slow },
        { at: second * 1_000 + 500, took: 500, times: slow },
      ]).flat(),
    )
  const watch = (limits: Limits) =>
    new ExtensionWatch({ looks: [20, 40, 80], confidence: 0.95 }, limits)

  test('nothing is open: it ends', () => {
    const looking = watch({ p90: '300ms', chat: { p50: '300ms' } })
    expect(looking.next(seconds(20, 1))).toBeUndefined()
    expect(looking.found()).toMatchObject({ from: 20, to: 20, because: [], open: [] })
  })

  test('something is open: it goes on, up to its most', () => {
    const looking = watch({ chat: { p95: '300ms' }, ttft: { p95: '1s' }, errorRate: '5%' })
    expect(looking.next(seconds(20, 3))).toBe(40)
    expect(looking.next(seconds(20, 3))).toBe(80)
    expect(looking.next(seconds(20, 3))).toBeUndefined()
    expect(looking.found()).toMatchObject({
      from: 20,
      to: 80,
      because: ['p95 of chat'],
      open: ['p95 of chat'],
    })
  })

  test('one is surely missed: the others need not be settled', () => {
    expect(watch({ chat: { p95: '300ms' }, p99: '300ms' }).next(seconds(20, 3))).toBeUndefined()
  })
})

describe('a load', () => {
  test('goes on while its limits are open, users at work', async () => {
    const ticks: Tick[] = []
    const options = { users: 3, duration: '1s', maxDuration: '2s', limits: { p95: '5s' } } as const
    const run = await load(options, { tell: (tick) => ticks.push(tick) })
    // Two seconds are fewer than the five that a verdict takes.
    expect(run.extension).toMatchObject({
      from: 1_000,
      to: 2_000,
      because: ['p95 of all requests'],
    })
    expect(run.duration).toBeGreaterThanOrEqual(1_990)
    expect(run.shape.duration).toBe(2_000)
    expect(run.ending).toBe('complete')
    expect(run.iterations.outcomes.ok).toBe(run.iterations.count)
    expect(ticks.at(-1)).toMatchObject({
      length: 2_000,
      note: 'extended: p95 of all requests not proven',
    })
    expect(courseNotes(fromRunRecord(toRunRecord(run)))).toEqual([
      'extended from 1 s to 2 s: p95 of all requests not proven; p95 of all requests still not proven',
    ])
  })

  test('goes on while its limits are open, arrivals at their rate', async () => {
    const options = {
      rate: '20/s',
      duration: '1s',
      maxDuration: '2s',
      limits: { p95: '5s' },
    } as const
    const run = await load(options)
    expect(run.extension).toMatchObject({ from: 1_000, to: 2_000 })
    expect(run.arrivals).toMatchObject({ intended: 40 })
    expect(run.shape).toMatchObject({ duration: 2_000, stretches: [{ duration: 2_000 }] })
  })

  test('ends in time when they are decided', async () => {
    const options = { users: 2, duration: '500ms', limits: { p999: 1 } } as const
    const run = await load(options)
    // All of them took longer: that is no chance, however few there are.
    expect(run.extension).toMatchObject({ from: 500, to: 500, because: [] })
    expect(run.shape.duration).toBe(500)
  })

  test('that is interrupted does not go on', async () => {
    const stop = new AbortController()
    const running = load(
      { users: 2, duration: '20s', limits: { p95: '5s' } },
      { signal: stop.signal },
    )
    setTimeout(() => stop.abort(), 300)
    const run = await running
    expect(run.ending).toBe('interrupted')
    expect(run.extension?.to).toBe(20_000)
  })

  test('that its abort ends does not go on', async () => {
    const options = {
      users: 2,
      duration: '20s',
      limits: { p95: '5s' },
      verdict: EXTEND,
      abort: { errorRate: '10%', for: '100ms' },
    } as const
    const failing = async ({ pause }: { pause: (time: number) => Promise<void> }) => {
      await pause(5)
      throw new Error('broken')
    }
    const run = await runLoad(options, failing, loadEnvironment())
    expect([run.ending, run.extension?.to]).toEqual(['aborted', 20_000])
  })

  test('is judged as its looks were', async ({ task }) => {
    const run = await load({ users: 1, duration: '200ms', limits: { p999: 1 } })
    expect(() => expect(run).toMeetLimits()).toThrow('limit')
    expect(verdictsOf(task)[0]?.proof?.confidence).toBeCloseTo(1 - 0.05 / 3, 10)
  })
})

describe('what cannot go on', () => {
  const plan = (options: object, base?: Parameters<typeof planVerdict>[1]) =>
    planVerdict(planLoad(options, DEFAULT_TIMEOUTS), base)
  const limits = { p95: '1s' }

  test.each([
    [{ users: 1, duration: '1s' }, 'needs limits that are known before'],
    [{ users: 1, iterations: 9, limits }, "say duration ('30s')"],
    [{ users: 1, duration: '1s', rampDown: '1s', limits }, 'before a rampDown'],
    [{ users: 1, duration: '1s', judge: 'all', limits }, "judge: 'all'"],
    [{ stages: [{ users: 1, duration: '1s' }], limits }, 'stages'],
    [
      {
        stages: [
          { rate: '1/s', duration: '1s' },
          { rate: '2/s', duration: '1s' },
        ],
        limits,
      },
      'stages',
    ],
    [{ steps: { by: 1, every: '1s', upTo: 2 }, limits }, 'steps'],
  ])('%j is refused when it says so itself, and as usual when the plugin does', (options, part) => {
    const base = { confidence: 0.95, onInconclusive: 'extend' } as const
    expect(messageOf(() => plan({ ...options, verdict: EXTEND }))).toContain(part)
    expect(plan(options, base).extension).toBeUndefined()
  })

  test('a maxDuration that nothing reaches for', () => {
    expect(
      messageOf(() => plan({ users: 1, duration: '1s', maxDuration: '2s', limits })),
    ).toMatchInlineSnapshot(
      `"load.maxDuration is how long limits may keep a load going: add verdict: { onInconclusive: 'extend' }, or leave it out"`,
    )
  })

  test('a maxDuration that is too short', () => {
    const options = { users: 1, duration: '3s', maxDuration: '2s', limits, verdict: EXTEND }
    expect(messageOf(() => plan(options))).toContain('is shorter than duration')
  })
})
