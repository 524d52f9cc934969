import { expect, test } from 'vitest'
import { toRunFile } from '../../src/run-file/run-file.ts'
import { asked, RUN, SampleDashboard } from '../support/live-dashboard.ts'

interface Stats {
  readonly stats: readonly Record<string, unknown>[]
  readonly errors: readonly object[]
  readonly [name: string]: unknown
}

test('a script that reads Locust finds its fields, of the load that runs', async () => {
  const sample = new SampleDashboard()
  const served = await sample.serve()
  sample.begin()
  for (let second = 0; second < 20; second++) sample.second(2, 7)
  const answer = (await (await asked(served, '/stats/requests')).json()) as Stats
  // 280 calls in 20 s, of which every seventh failed.
  expect(answer).toMatchObject({
    total_rps: 14,
    fail_ratio: 40 / 280,
    state: 'running',
    user_count: 10,
    errors: [
      { method: 'GET', name: '/0', error: 'answered 503', occurrences: 20 },
      { method: 'GET', name: '/1', error: 'answered 503', occurrences: 20 },
    ],
  })
  expect(answer.total_fail_per_sec).toBeCloseTo(2)
  expect(answer.stats.map(({ method, name }) => [method, name])).toEqual([
    ['GET', '/0'],
    ['GET', '/1'],
    ['', 'Aggregated'],
  ])
  expect(answer.stats.at(-1)).toMatchObject({ num_requests: 280, num_failures: 40 })
  expect(Object.keys(answer.stats[0] ?? {})).toEqual([
    'method',
    'name',
    'safe_name',
    'num_requests',
    'num_failures',
    'avg_response_time',
    'min_response_time',
    'max_response_time',
    'median_response_time',
    'ninetieth_response_time',
    'ninety_ninth_response_time',
    'response_time_percentile_0.95',
    'response_time_percentile_0.99',
    'current_rps',
    'current_fail_per_sec',
    'avg_content_length',
  ])
  const now = answer.current_response_time_percentiles as Record<string, number>
  expect(now['response_time_percentile_0.5']).toBeGreaterThan(100)
  expect(now['response_time_percentile_0.95']).toBeGreaterThan(
    now['response_time_percentile_0.5'] ?? 0,
  )
})

test('before a load it is ready, and after it stopped', async () => {
  const sample = new SampleDashboard()
  const served = await sample.serve()
  const read = async (): Promise<Stats> =>
    (await (await asked(served, '/stats/requests')).json()) as Stats
  expect(await read()).toMatchObject({ state: 'ready', stats: [], errors: [], user_count: 0 })
  sample.begin()
  sample.second()
  const so = await sample.dashboard.file()
  const end = { finishedAt: RUN.startedAt, ending: 'complete' } as const
  sample.dashboard.end(toRunFile(RUN, so?.tests ?? [], end))
  expect(await read()).toMatchObject({ state: 'stopped', total_rps: 0, user_count: 0 })
})

test('the CSV is that of locust --csv', async () => {
  const sample = new SampleDashboard()
  const served = await sample.serve()
  sample.begin()
  sample.second()
  const answer = await asked(served, '/stats/requests/csv')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="requests.csv"')
  const [head, ...rows] = (await answer.text()).trimEnd().split('\r\n')
  expect(head).toMatch(/^Type,Name,Request Count,Failure Count,Median Response Time,/)
  expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual([
    ['GET', '/0', '10'],
    ['GET', '/1', '10'],
    ['GET', '/2', '10'],
    ['', 'Aggregated', '30'],
  ])
})
