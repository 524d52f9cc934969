import { describe, expect, test } from 'vitest'
import type { RunData } from '../../../src/load/load-run.ts'
import type { PhaseSummary } from '../../../src/load/run-parts.ts'
import { bandsOf, epochsOf, judgedFrom } from '../../../src/report/page/epochs.ts'
import { wholeCourse } from '../../../src/report/page/course.ts'
import { sampleRecording, sampleRun, type Endpoint } from '../../support/run-file-samples.ts'

/** Ten requests each second that take no time to speak of. */
const STEADY: readonly Endpoint[] = [{ name: 'GET /', perSecond: 10, p50: 1, spread: 0 }]

const phase = (name: PhaseSummary['name'], seconds: number): PhaseSummary => ({
  name,
  summary: sampleRecording(STEADY, seconds),
})

const run = (phases: readonly PhaseSummary[]): RunData =>
  sampleRun(STEADY, { seconds: 3, with: { phases } })

describe('charts count from the start of the load', () => {
  const ramped = run([phase('ramp-up', 2), phase('graceful stop', 1)])

  test('so the judged time begins after ramp-up and warm-up', () => {
    expect(judgedFrom(ramped)).toBe(2_000)
    expect(judgedFrom(run([]))).toBe(0)
  })

  test('and the windows of its phases stand one after the other', () => {
    const epochs = epochsOf(ramped)
    expect(epochs.map(({ at }) => at)).toEqual([0, 1_000, 2_000, 3_000, 4_000])
    expect(epochs.map(({ judged }) => judged)).toEqual([undefined, undefined, 0, 1, 2])
  })

  test('and each phase is a band', () => {
    expect(bandsOf(ramped)).toEqual([
      { name: 'ramp-up', from: 0, to: 2_000 },
      { name: 'judged', from: 2_000, to: 5_000 },
      { name: 'graceful stop', from: 5_000, to: 6_000 },
    ])
    expect(bandsOf(run([]))).toEqual([])
  })
})

describe('a rate is of time in which something could begin', () => {
  const { timeline } = run([])
  const late = { ...run([]), duration: 2_500 }

  test('so an epoch that the judged time ends in counts as far as that', () => {
    expect(epochsOf(late).map(({ within }) => within)).toEqual([1_000, 1_000, 500])
    const { ok } = wholeCourse(epochsOf(late))
    expect(ok[2]).toBe((timeline[2]?.ok ?? 0) * 2)
  })

  test('and one behind it has latencies but no rate', () => {
    const { ok, percentiles } = wholeCourse(epochsOf({ ...late, duration: 2_000 }))
    expect(ok[2]).toBeNull()
    expect(percentiles.p95?.[2]).toBeCloseTo(1, 1)
  })

  test('and one that lies over the next phase is left out', () => {
    const down = { ...run([phase('ramp-down', 1)]), duration: 2_000 }
    expect(epochsOf(down).map(({ at }) => at)).toEqual([0, 1_000, 2_000])
  })
})
