import { beforeAll, describe, expect, test } from 'vitest'
import { mergeHistograms } from '../../src/stats/histogram.ts'
import { serve } from '../support/servers.ts'
import { generators } from '../support/shared-generators.ts'
import { generate, type SharedResult } from '../support/shared-generator.ts'
import { SHARED_LOADS, type SharedLoadName } from '../support/shared-loads.ts'

const LOADS: readonly SharedLoadName[] = [
  'so many iterations each',
  'kinds of users with unique rows',
  'random and ordered rows',
  'arrivals by chance',
  'arrivals with rows',
]

interface Made {
  /** Every request that came. */
  readonly seen: readonly string[]
  /** Of each generator, of each load. */
  readonly results: readonly (readonly SharedResult[])[]
}

/** All loads, one after the other, by one generator and by four processes. */
const made: { one?: Made; four?: Made } = {}

beforeAll(async () => {
  const seen: string[] = []
  await using server = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => response.end('ok'))
  })
  const job = { loads: LOADS, seed: 42, baseUrl: server.url }
  const alone = await generate({ ...job, share: { index: 0, of: 1 } })
  made.one = { seen: seen.splice(0), results: [alone] }
  await using four = await generators(4, job)
  const results = await Promise.all(four.all.map((each) => each.results))
  made.four = { seen: seen.splice(0), results }
}, 180_000)

/** The requests of a load, and what each generator made of it. */
function of(load: SharedLoadName, { seen, results }: Made = { seen: [], results: [] }) {
  const { path } = SHARED_LOADS[load]
  const requests = seen.filter((each) => each.includes(` ${path}`)).toSorted()
  const runs = results.map((each) => each[LOADS.indexOf(load)])
  return { requests, runs: runs.map(runOf), parts: runs.map((each) => each?.part) }
}

function runOf(result: SharedResult | undefined) {
  if (result?.run === undefined) throw new Error(result?.problem)
  return result.run
}

describe('one seed makes the same requests with one generator and with four', () => {
  test.each(LOADS)('%s', (load) => {
    const [one, four] = [of(load, made.one), of(load, made.four)]
    expect(one.requests.length).toBeGreaterThan(20)
    expect(four.requests).toEqual(one.requests)
    for (const { count, failed, iterations } of four.runs) {
      expect({ count, failed }).toEqual({ count: one.requests.length, failed: 0 })
      expect(iterations.ok).toBe(one.runs[0]?.iterations.ok)
    }
  })
})

describe('every generator has the same run', () => {
  test.each(LOADS)('%s', (load) => {
    const [first, ...others] = of(load, made.four).runs
    expect(others).toHaveLength(3)
    for (const other of others) expect(other).toEqual(first)
  })

  test('in which each of them is told of', () => {
    const [run] = of('so many iterations each', made.four).runs
    const told = run?.generators?.map(({ number, users, iterations }) => ({
      number,
      users,
      ok: iterations?.ok,
    }))
    expect(told).toEqual([1, 2, 3, 4].map((number) => ({ number, users: 2, ok: 10 })))
  })
})

describe('the run is the sum of what each recorded, bucket by bucket', () => {
  test.each(LOADS)('%s', (load) => {
    const { runs, parts } = of(load, made.four)
    const recordings = parts.flatMap(
      (part) => part?.phases.find(({ name }) => name === 'steady')?.recording ?? [],
    )
    expect(recordings).toHaveLength(4)
    for (const request of runs[0]?.requests ?? []) {
      const each = recordings.flatMap(
        ({ operations }) => operations.find(({ name }) => name === request.name) ?? [],
      )
      const { histogram } = request.latency
      expect(histogram).toEqual(mergeHistograms(each.map(({ latency }) => latency)))
      expect(histogram.count).toBe(request.timeline.reduce((sum, { ok }) => sum + ok, 0))
    }
  })
})

test('the first generator tells what all of them do, the others nothing', () => {
  const ticks = made.four?.results.map((results) => results.map((each) => each.ticks.length > 0))
  expect(ticks?.map((told) => new Set(told))).toEqual([
    new Set([true]),
    ...[1, 2, 3].map(() => new Set([false])),
  ])
})
