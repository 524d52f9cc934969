import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { RunData } from '../../../src/load/load-run.ts'
import { toLocustCsv, type LocustCsv } from '../../../src/report/export/locust-csv.ts'
import { loadsOf } from '../../../src/report/loads.ts'
import { recordedRun, type Row } from '../../support/recorded.ts'
import { csvRows, parseCsv } from '../../support/rfc4180.ts'
import { CHAT, sampleFile, sampleRun, sampleTest, SHOP } from '../../support/run-file-samples.ts'

const csvOf = (run: RunData): LocustCsv => {
  const [load] = loadsOf(sampleFile([sampleTest({ runs: [run] })]))
  if (load === undefined) throw new Error('no load')
  return toLocustCsv(load)
}
const ofRows = (rows: readonly Row[]): LocustCsv => csvOf(recordedRun(rows))

const PERCENTILES = '50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%'

describe('columns as Locust 2.46 writes them (StatsCSV and StatsCSVFileWriter in locust/stats.py)', () => {
  const csv = ofRows([{ name: 'GET /orders' }])
  test.each([
    [
      'stats',
      `Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,${PERCENTILES}`,
    ],
    [
      'history',
      `Timestamp,User Count,Type,Name,Requests/s,Failures/s,${PERCENTILES},Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size`,
    ],
    ['failures', 'Method,Name,Error,Occurrences,First Seen,Last Seen'],
    ['exceptions', 'Count,Message,Traceback,Nodes'],
  ] as const)('_%s.csv', (file, columns) => expect(csv[file].split('\r\n')[0]).toBe(columns))
})

describe('_stats.csv', () => {
  test('has a row for each name and method, sorted by them, and the sum of all last', () => {
    const { stats } = ofRows([
      { name: 'POST /orders', took: 40, times: 2 },
      { name: 'chat', took: 20 },
      { name: 'GET /orders', took: 10, times: 6 },
      { name: 'GET /orders', took: 30, outcome: 'status' },
    ])
    const told = csvRows(stats).map((row) => [
      row.Type,
      row.Name,
      row['Request Count'],
      row['Failure Count'],
      row['Median Response Time'],
      row['100%'],
    ])
    expect(told).toEqual([
      ['GET', '/orders', '7', '1', '10', '10'],
      ['POST', '/orders', '2', '0', '40', '40'],
      ['CALL', 'chat', '1', '0', '20', '20'],
      ['', 'Aggregated', '10', '1', '10', '40'],
    ])
  })

  test('has whole milliseconds in percentiles, and floats elsewhere', () => {
    const [row] = csvRows(ofRows([{ name: 'GET /', took: 10.6, times: 3 }]).stats)
    expect(row).toMatchObject({
      'Median Response Time': '11',
      'Average Response Time': expect.stringMatching(/^10\.6/),
      'Min Response Time': expect.stringMatching(/^10\.6/),
      'Average Content Size': '0',
      'Requests/s': '0.3',
      'Failures/s': '0',
      '95%': '11',
    })
  })

  test('has N/A in percentiles of what never succeeded, and 0 in the other times', () => {
    const [row] = csvRows(ofRows([{ name: 'GET /', outcome: 'timeout' }]).stats)
    expect(row).toMatchObject({ '50%': 'N/A', '100%': 'N/A', 'Average Response Time': '0' })
  })

  test('has percentiles that never fall, be they measured or read off the kept shape', () => {
    for (const row of csvRows(csvOf(sampleRun(SHOP)).stats)) {
      const percentiles = PERCENTILES.split(',').map((name) => Number(row[name]))
      expect(percentiles).toEqual(percentiles.toSorted((left, right) => left - right))
    }
  })

  test('has the iterations of a load that made no request', () => {
    const run = recordedRun([], {
      record: (recorder) =>
        recorder.iteration({ outcome: 'ok', startedAt: 0, endedAt: 8, firstByteAt: undefined }),
    })
    expect(csvRows(csvOf(run).stats).map((row) => [row.Name, row['Request Count']])).toEqual([
      ['iterations', '1'],
      ['Aggregated', '1'],
    ])
  })
})

describe('_stats_history.csv', () => {
  const rows = csvRows(csvOf(sampleRun(CHAT, { seconds: 3 })).history)

  test('has a row for each stretch, stamped in Unix seconds by the end of it', () => {
    // The load began at 09:05:07, its judged time 5 s of ramp-up later.
    const started = Date.UTC(2026, 0, 31, 9, 5, 12) / 1_000
    expect(rows.map(({ Timestamp }) => Number(Timestamp) - started)).toEqual([1, 2, 3])
    expect(rows.map(({ Name, Type }) => [Name, Type])).toEqual(rows.map(() => ['Aggregated', '']))
  })

  test('has rates of the stretch with six digits, and totals of all until then', () => {
    expect(rows.map((row) => [row['Requests/s'], row['Total Request Count']])).toEqual([
      ['401.000000', '401'],
      ['401.000000', '802'],
      ['401.000000', '1203'],
    ])
    expect(rows.map((row) => row['User Count'])).toEqual(['100', '100', '100'])
  })

  test('ends where _stats.csv does', () => {
    const csv = csvOf(sampleRun(SHOP, { seconds: 130 }))
    const [last, all] = [csvRows(csv.history).at(-1), csvRows(csv.stats).at(-1)]
    expect(last?.['Total Request Count']).toBe(all?.['Request Count'])
    expect(last?.['Total Failure Count']).toBe(all?.['Failure Count'])
  })
})

test('_failures.csv has the kinds of failures, with the first and the last in UTC', () => {
  const { failures } = ofRows([
    { name: 'POST /a', at: 1_500, outcome: 'status', message: 'POST /a answered 503', times: 2 },
    { name: 'POST /a', at: 9_000, outcome: 'status', message: 'POST /a answered 503' },
  ])
  expect(csvRows(failures)).toEqual([
    {
      Method: 'POST',
      Name: '/a',
      Error: 'POST /a answered 503',
      Occurrences: '3',
      'First Seen': '2026-01-01T00:00:01Z',
      'Last Seen': '2026-01-01T00:00:09Z',
    },
  ])
})

test('_exceptions.csv has what the scenario itself threw, which is no failed request', () => {
  const message = 'x is undefined'
  const stack = 'TypeError: x is undefined\n    at scenario (suite.perf.ts:7:3)'
  const { failures, exceptions, stats } = csvOf(
    recordedRun([{ name: 'GET /' }], {
      record: (recorder) =>
        recorder.iteration(
          { outcome: 'error', startedAt: 0, endedAt: 8, firstByteAt: undefined },
          {
            kind: 'error',
            message,
            own: true,
            describe: () => ({ kind: 'error', message, stack }),
          },
        ),
    }),
  )
  expect(csvRows(failures)).toEqual([])
  expect(csvRows(exceptions)).toEqual([
    {
      Count: '1',
      Message: 'x is undefined',
      Traceback: 'TypeError: x is undefined\nat scenario (suite.perf.ts:7:3)',
      Nodes: 'local',
    },
  ])
  expect(csvRows(stats).at(-1)).toMatchObject({ 'Request Count': '1', 'Failure Count': '0' })
})

test('a spreadsheet opens all four: by RFC 4180 to the letter, and as a library reads them', () => {
  for (const text of Object.values(csvOf(sampleRun(SHOP)))) {
    expect(parseCsv(text)).toEqual(parse(text, { record_delimiter: '\r\n' }))
  }
})
