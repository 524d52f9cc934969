import { expect, test } from 'vitest'
import { parseLimits } from '../../src/limits/parse-limits.ts'
import { proveCheck } from '../../src/limits/prove-check.ts'
import type { Limits } from '../../src/limits/grammar.ts'
import { courseOf } from '../../src/metrics/course.ts'
import { joinInTurn } from '../../src/metrics/join-in-turn.ts'
import { recordedRun } from '../support/recorded.ts'

/** So many seconds with ten streams each. */
const run = (seconds: number) =>
  recordedRun(
    Array.from({ length: seconds }, (_, second) => ({
      at: second * 1_000 + 500,
      took: 200,
      ttft: 50,
      times: 10,
    })),
    { duration: seconds * 1_000 },
  )

test('runs in a row have one course, in which each second is by itself', () => {
  const runs = [run(10), run(12)]
  const joined = joinInTurn('run', 'all requests', runs, runs)
  const { latency, ttft } = joined
  for (const { course } of [latency, ttft]) {
    const counts = course && courseOf(course).map((window) => window.latency.count)
    expect(counts).toEqual(Array(22).fill(10))
  }
  expect([...(joined.joint?.course({ ttft: 100 }).keys() ?? [])].at(-1)).toBe(21)
})

test('limits are proven of all of them', () => {
  const runs = [run(10), run(12)]
  const joined = joinInTurn('run', 'all requests', runs, runs)
  const prove = (limits: Limits) =>
    parseLimits(limits, 'limits').map((check) => proveCheck(check, joined, 0.95)?.status)
  expect(prove({ p95: '300ms', ttft: { p95: '100ms' } })).toEqual(['pass', 'pass'])
  expect(prove({ goodput: { rate: '10/s', ttft: '100ms' } })).toEqual(['pass'])
  expect(prove({ goodput: { rate: '11/s', ttft: '100ms' } })).toEqual(['fail'])
})
