import { expect, test } from 'vitest'
import { toReportPage } from '../../../src/report/page/to-report-page.ts'
import { toTestRecord } from '../../../src/run-file/test-record.ts'
import { abOf, abPairs, capacityOf } from '../../support/ab-runs.ts'
import { sampleFile, sampleTest } from '../../support/run-file-samples.ts'

test('two targets beside each other, and how much a service sustains, are tables', () => {
  const found = { comparisons: [abOf(abPairs(1.2))], capacities: [capacityOf()] }
  const file = sampleFile([{ ...sampleTest({}), record: toTestRecord([], [], found) }])
  const [comparison, capacity] = toReportPage(file).tests[0]?.searches ?? []
  expect(comparison?.table).toMatchObject({
    title: 'base http://127.0.0.1:8080, head http://127.0.0.1:8081',
    head: ['', 'base', 'head', 'worse by', 'between', 'would see'],
  })
  expect(comparison?.table.rows[1]).toEqual([
    'p95',
    '101 ms',
    '122 ms',
    '21.1 %',
    '[20, 21.7]',
    '1.22 %',
  ])
  expect(capacity?.table.title).toMatch(/^Capacity: /)
  expect(capacity?.table.rows.length).toBeGreaterThan(0)
})
