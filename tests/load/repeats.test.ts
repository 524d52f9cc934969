import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Workload } from '../../src/load/behaviours.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { loadEnvironment } from '../support/load-environment.ts'

expect.extend(perfMatchers)

const server = createServer((request, response) => {
  if (request.url === '/broken') response.statusCode = 500
  response.end('{}')
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const load = (
  options: LoadOptions,
  workload: Workload,
  over: Parameters<typeof loadEnvironment>[0] = {},
): Promise<LoadRun> => runLoad(options, workload, loadEnvironment({ baseUrl: url(), ...over }))

describe('a load that is repeated', { timeout: 60_000 }, () => {
  test('is run so many times in a row, and gives the sum of its runs', async () => {
    const run = await load(
      { users: 2, iterations: 10, repeats: 3 },
      async ({ http, metrics, check }) => {
        await http.get('/a', { name: 'a', tags: ['read'] })
        metrics.count('calls')
        check('is fine', true)
      },
    )
    expect(run.repeats.map(({ title, count }) => [title, count])).toEqual([
      ['a load (1 of 3)', 10],
      ['a load (2 of 3)', 10],
      ['a load (3 of 3)', 10],
    ])
    expect(run).toMatchObject({ title: 'a load', count: 30, ok: 30, ending: 'complete' })
    expect(run.request('a')).toMatchObject({ count: 30, tags: ['read'], latency: { count: 30 } })
    expect(run.tagged('read').count).toBe(30)
    expect(run.iterations.count).toBe(30)
    expect(run.metric('calls')).toMatchObject({ total: 30 })
    expect(run.check('is fine')).toMatchObject({ passed: 30 })
    expect(run.generator.requests).toMatchObject({ intended: 30, ok: 30 })
    expect(run).toHaveSuccessRateAbove('100%')
  })

  test('has the time of all runs, and the rate over it', async () => {
    const run = await load({ users: 1, iterations: 5, repeats: 2 }, ({ http }) => http.get('/'))
    const [first, second] = run.repeats
    const duration = (first?.duration ?? 0) + (second?.duration ?? 0)
    expect(run.duration).toBeCloseTo(duration, 6)
    expect(run.throughput.mean).toBeCloseTo(10 / (duration / 1_000), 3)
    const counts = run.timeline.map(({ ok }) => ok)
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(10)
    expect(run.timeline.map(({ at }) => at)).toEqual(
      run.request('GET /').timeline.map(({ at }) => at),
    )
  })

  test('is the same load each time: one seed gives one sequence', async () => {
    const drawn: number[][] = []
    await load({ users: 1, iterations: 3, repeats: 2, seed: 7 }, ({ random, iteration }) => {
      if (iteration === 0) drawn.push([])
      drawn.at(-1)?.push(random())
    })
    expect(drawn[0]).toHaveLength(3)
    expect(drawn[1]).toEqual(drawn[0])
  })

  test('of an open load the arrivals add up', async () => {
    const run = await load({ rate: '50/s', duration: '200ms', repeats: 2 }, ({ http }) =>
      http.get('/'),
    )
    expect(run.arrivals?.intended).toBe(20)
    expect(run.repeats.map(({ arrivals }) => arrivals?.intended)).toEqual([10, 10])
  })

  test('one that is aborted is the last', async () => {
    const run = await load(
      { users: 1, duration: '30s', repeats: 3, abort: { errorRate: '10%', for: '100ms' } },
      async ({ http, pause }) => {
        await http.get('/broken', { expect: 200 }).catch(() => pause('10ms'))
      },
    )
    expect(run.repeats).toHaveLength(1)
    expect(run.ending).toBe('aborted')
  })

  test('its listeners hear each run, and what was run is kept when one of them throws', async () => {
    const kept: LoadRun[] = []
    const heard: string[] = []
    const events = {
      runStart: () => void heard.push('start'),
      runStop: () => {
        heard.push('stop')
        if (heard.length === 4) throw new Error('a listener')
      },
    }
    const options = { users: 1, iterations: 2, repeats: 3, events } as never
    const running = load(options, ({ http }) => http.get('/'), { keep: (run) => kept.push(run) })
    await expect(running).rejects.toThrow('a listener')
    expect(heard).toEqual(['start', 'stop', 'start', 'stop'])
    expect(kept.map(({ count, repeats }) => [count, repeats.length])).toEqual([[4, 2]])
  })
})

test('a load that is not repeated has no repeats', async () => {
  const run = await load({ users: 1, iterations: 2, repeats: 1 }, ({ http }) => http.get('/'))
  expect(run.repeats).toEqual([])
})

test('a stretch of time is of one run', async () => {
  const run = await load({ users: 1, iterations: 2, repeats: 2 }, ({ http }) => http.get('/'))
  expect(() => run.window(0, 1_000)).toThrow(
    'run.window is of one run, and this is the sum of several: run.repeats[0].window(…)',
  )
})

test('the run file keeps what each run was', async () => {
  const run = await load({ users: 1, iterations: 2, repeats: 2 }, ({ http }) => http.get('/'))
  const read = fromRunRecord(
    JSON.parse(JSON.stringify(toRunRecord(run))) as ReturnType<typeof toRunRecord>,
  )
  expect(read.count).toBe(4)
  expect(read.repeats).toMatchObject(
    run.repeats.map(({ count, latency: { p95 } }) => ({ count, failed: 0, latency: { p95 } })),
  )
})

test.each([
  [{ repeats: 0 }, 'load.repeats must be a whole number of at least 1, got 0'],
  [{ repeats: 29 }, 'load.repeats must be at most 28, got 29'],
  [{ repeats: '5' }, 'load.repeats must be a whole number of at least 1, got "5"'],
])('refused: %j', async (options, message) => {
  const all = { users: 1, iterations: 1, ...options } as LoadOptions
  await expect(load(all, () => {})).rejects.toThrow(message)
})

test('steps end when their limits break, which is another time in each run', async () => {
  const steps = { steps: { by: 1, every: 100, upTo: 1 }, limits: { p95: '1s' }, repeats: 2 }
  await expect(load(steps as LoadOptions, () => {})).rejects.toThrow(
    'load.repeats has no place beside steps',
  )
})
