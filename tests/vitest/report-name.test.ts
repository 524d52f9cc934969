import { expect, test } from 'vitest'
import { reportName } from '../../src/vitest/report-name.ts'
import { sampleFile, sampleRun, sampleTest } from '../support/run-file-samples.ts'

const test_ = (source?: string) =>
  sampleTest({ runs: [sampleRun([], { seconds: 1, with: { source } })] })

test.each([
  ['{id}.html', [], '2026-01-31T09-05-07-k3x9.html'],
  ['reports/{date}/{time}.html', [], 'reports/2026-01-31/09-05-07.html'],
  ['{profile}.html', [test_('profile smoke, PERF_USERS 5')], 'smoke.html'],
  ['{profile}.html', [test_('profile a'), test_('profile b'), test_('profile a')], 'a+b.html'],
  ['{profile}.html', [test_('profile ../my load')], '..-my-load.html'],
  ['{profile}.html', [test_()], 'run.html'],
  ['plain.html', [], 'plain.html'],
])('%s of %#', (template, tests, name) => {
  expect(reportName(template, sampleFile(tests))).toBe(name)
})
