import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { planLoad } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { WarmUpWatch } from '../../src/load/warm-up-watch.ts'
import type { Sample } from '../../src/metrics/sample.ts'
import { courseNotes, courseWarnings } from '../../src/report/course-facts.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'

const answer = (endedAt: number, took: number): Sample => ({
  outcome: 'ok',
  startedAt: endedAt - took,
  endedAt,
  firstByteAt: undefined,
})

/** A watch that looked twice a second at answers that take what a function of the time says. */
function watched(until: number, tookAt: (time: number) => number, every = 10) {
  const watch = new WarmUpWatch()
  watch.begin(0)
  for (let now = 500, at = 0; now <= until; now += 500) {
    for (; at < now; at += every) watch.ended({ name: 'chat' }, answer(at + 1_000, tookAt(at)))
    const found = watch.look(now)
    if (found !== undefined) return found
  }
  return watch.giveUp(until)
}

describe('a warm-up that is looked for', () => {
  test('is over when what was slow is less than half of it, twice', () => {
    const { took, unsteady = 0 } = watched(10_000, (at) => (at < 1_500 ? 300 : 100))
    // 1.5 s of answers, which were known a second later; 3 s are just half.
    expect(took).toBe(4_000)
    expect(unsteady).toBe(2_490)
  })

  test('takes two seconds at least, and two looks', () => {
    expect(watched(10_000, () => 100)).toMatchObject({ took: 2_500 })
  })

  test('is not over while answers get faster', () => {
    expect(watched(10_000, (at) => 1_000 - at / 20)).toEqual({ took: 10_000 })
  })

  test('of a few requests is not found', () => {
    expect(watched(10_000, () => 100, 1_000)).toEqual({ took: 10_000, few: true })
  })

  test('a slow kind of request among quick ones is no slow time', () => {
    const watch = new WarmUpWatch()
    watch.begin(0)
    for (let at = 0; at < 500; at++) {
      const slow = at % 2 === 0 || at > 250
      watch.ended({ name: slow ? 'report' : 'chat' }, answer(5_000 + at, slow ? 900 : 10))
    }
    watch.look(5_000)
    expect(watch.look(5_500)).toMatchObject({ took: 5_500 })
  })
})

test.each([
  ['closed', { users: 2 }],
  ['open', { rate: '40/s' }],
] as const)('a %s load is judged for its whole duration after it', async (_, kind) => {
  const options = { ...kind, duration: '1s', warmUp: { atMost: '600ms' } } as const
  const run = await runLoad(options, ({ pause }) => pause(5), loadEnvironment())
  // Nothing is found in less than two seconds.
  expect(run.warmUp?.took).toBeGreaterThanOrEqual(590)
  expect(run.shape.warmUp).toBe(run.warmUp?.took)
  expect(run.phase('warm-up').iterations.count).toBeGreaterThan(0)
  expect(run.duration).toBeGreaterThanOrEqual(990)
  expect(run.iterations.count).toBeGreaterThan(0)
  expect(run.ending).toBe('complete')
  expect(courseWarnings(run)).toHaveLength(1)
})

test('one that is found ends before its time', { timeout: 60_000 }, async () => {
  let calls = 0
  const options = { users: 2, duration: '500ms', warmUp: { atMost: '20s' } } as const
  const scenario = async ({ pause }: { pause: (time: number) => Promise<void> }): Promise<void> =>
    pause(calls++ < 20 ? 50 : 5)
  const run = await runLoad(options, scenario, loadEnvironment())
  expect(run.warmUp?.took).toBeLessThanOrEqual(20_000 + 1_000)
  expect(run.elapsed).toBeGreaterThanOrEqual(run.warmUp?.took ?? Infinity)
  const said = [...courseNotes(run), ...courseWarnings(run)]
  expect(said.join()).toMatch(/MSER-5/)
})

describe('what is said of it', () => {
  test.each([
    [
      { took: 4_000, unsteady: 1_490 },
      'warm-up 4 s, found by MSER-5: its first 1.49 s were unlike the rest',
    ],
    [{ took: 2_500, unsteady: 0 }, 'warm-up 2.5 s, found by MSER-5'],
    [
      { took: 30_000 },
      'latencies were not steady after a warm-up of 30 s (MSER-5): allow it more with atMost',
    ],
    [
      { took: 30_000, few: true as const },
      'too few requests after a warm-up of 30 s to tell whether it was over (MSER-5)',
    ],
  ])('%j', (warmUp, text) => {
    const run = { warmUp } as Parameters<typeof courseNotes>[0]
    expect([...courseNotes(run), ...courseWarnings(run)]).toEqual([text])
  })
})

describe('options', () => {
  const plan = (options: object) => planLoad(options, DEFAULT_TIMEOUTS)

  test.each([
    [{ users: 1, duration: '30s', warmUp: 'auto' }, 30_000, true],
    [{ rate: '5/s', duration: '30s', warmUp: { atMost: '5s' } }, 5_000, true],
    [{ users: 1, duration: '30s', warmUp: '5s' }, 5_000, false],
  ])('%j', (options, warmUp, warmUpFound) => {
    expect(plan(options)).toMatchObject({ warmUp, warmUpFound })
  })

  test.each([
    [{ users: 1, iterations: 9, warmUp: 'auto' }, 'with iterations say how long'],
    [{ users: 1, duration: '1s', warmUp: 'auto', judge: 'all' }, 'leave one of them out'],
    [{ rate: '1/s', duration: '1s', warmUp: 'auto', rampDown: '1s' }, 'say how long'],
    [{ startUsers: 1, stages: [{ users: 2, duration: '1s' }], warmUp: 'auto' }, 'stages'],
    [{ users: 1, duration: '1s', warmUp: { atMost: 0 } }, 'longer than nothing'],
    [{ users: 1, duration: '1s', warmUp: {} }, "a time ('10s'), 'auto', or { atMost: '30s' }"],
  ])('%j is refused', (options, part) => {
    expect(messageOf(() => plan(options))).toContain(part)
  })
})
