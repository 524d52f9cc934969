import { expect, test } from 'vitest'
import { MOST_RUNS, type Baseline } from '../../src/baseline/baseline-record.ts'
import { judgeBaseline } from '../../src/baseline/judge-baseline.ts'
import { keepRuns } from '../../src/baseline/keep-runs.ts'
import { toMetric } from '../../src/baseline/metric.ts'
import { LOAD, machineBaseline } from './made-runs.ts'

/** What `vitest -u` makes of it: what it calls that, and the p95 of the runs that are then kept. */
function kept(before: Baseline | undefined, p95: readonly number[], load = LOAD) {
  const now = { ...machineBaseline(...p95), load }
  const question = { machine: 'linux', operations: ['chat'], metrics: [toMetric('p95', 'p')] }
  const asked = { ...now, ...question, tolerance: 0.1, confidence: 0.95 }
  const { baseline, what } = keepRuns(before, 'linux', now, judgeBaseline(before, asked))
  const runs = baseline.linux?.runs ?? []
  return { what, runs: runs.map(({ operations }) => operations.chat?.times.latency?.p95), baseline }
}

const known = { linux: machineBaseline(98, 99, 100, 101, 102) }

test('the first runs are the baseline', () => {
  expect(kept(undefined, [100, 101])).toMatchObject({ what: 'added', runs: [100, 101] })
})

test('runs that are no worse are added to it', () => {
  expect(kept(known, [99, 101])).toMatchObject({
    what: 'extended',
    runs: [98, 99, 100, 101, 102, 99, 101],
  })
})

test.each([
  ['slower', [130, 131, 132, 133, 134]],
  ['faster', [70, 71, 72, 73, 74]],
])('a service that got %s begins a new one', (_, runs) => {
  expect(kept(known, runs)).toMatchObject({ what: 'updated', runs })
})

test('another load begins a new one', () => {
  const load = { ...LOAD, users: 50 }
  expect(kept(known, [100], load)).toMatchObject({ what: 'updated', runs: [100] })
})

test('one that has enough runs stays as it is, so that it does not creep along with the service', () => {
  const full = {
    linux: machineBaseline(...Array.from({ length: MOST_RUNS }, (_, at) => 100 + at / 10)),
  }
  const { what, baseline } = kept(full, [105, 105, 105, 105, 105])
  expect(what).toBe('unchanged')
  expect(baseline).toBe(full)
  const nearly = { linux: machineBaseline(...Array.from({ length: MOST_RUNS - 1 }, () => 100)) }
  expect(kept(nearly, [101, 102]).runs.slice(-2)).toEqual([100, 101])
})

test('what is known of other machines is kept', () => {
  const other = { darwin: machineBaseline(50) }
  expect(kept(other, [100]).baseline).toMatchObject(other)
  expect(kept({ ...other, ...known }, [130, 131, 132, 133, 134]).baseline).toMatchObject(other)
})
