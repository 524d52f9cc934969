import { describe, expect, test } from 'vitest'
import { exportRun, FORMATS } from '../../../src/report/export/export-run.ts'
import type { ExportFormat } from '../../../src/report/export/export-run.ts'
import { HOSTILE, UNSEEN } from '../../support/hostile.ts'
import { recordedRun } from '../../support/recorded.ts'
import { parseCsv } from '../../support/rfc4180.ts'
import { sampleFile, sampleTest, SUITE, verdict } from '../../support/run-file-samples.ts'

const one = sampleFile([sampleTest({ runs: [recordedRun([{}])] })])

test.each([
  ['csv', ['a_stats.csv', 'a_stats_history.csv', 'a_failures.csv', 'a_exceptions.csv']],
  ['k6', ['a.json']],
  ['k6-export', ['a.json']],
  ['markdown', ['a.md']],
] as const)('a run with one load as %s', (format, names) => {
  expect(exportRun(one, { format, name: 'a' }).map(({ name }) => name)).toEqual(names)
})

test('files are called after the run when nothing is said', () => {
  expect(exportRun(one, { format: 'k6' })[0]?.name).toBe('2026-01-31T09-05-07-k3x9.json')
})

test('a run with several loads has files for each, or for those that are asked for', () => {
  const names = (load?: string): string[] =>
    exportRun(SUITE, { format: 'k6', name: 'a', ...(load !== undefined && { load }) }).map(
      ({ name }) => name,
    )
  expect(names()).toEqual(['a-1.json', 'a-2.json'])
  expect(names('sustains')).toEqual(['a.json'])
})

describe('mistakes', () => {
  const failing = (of: () => unknown): string => {
    try {
      of()
    } catch (error) {
      return String(error)
    }
    return 'nothing was thrown'
  }

  test('say what there is', () => {
    expect(failing(() => exportRun(SUITE, { format: 'csv', load: 'soak' }))).toMatchInlineSnapshot(
      `"UsageError: no load of run 2026-01-31T09-05-07-k3x9 has 'soak' in its title. There are: 'sustains 200 users', '100 users chat'"`,
    )
    expect(failing(() => exportRun(sampleFile([]), { format: 'csv' }))).toMatchInlineSnapshot(
      `"UsageError: run 2026-01-31T09-05-07-k3x9 has no load to export: no test in it ran one"`,
    )
    const format = 'xlsx' as ExportFormat
    expect(failing(() => exportRun(SUITE, { format }))).toMatchInlineSnapshot(
      `"UsageError: format must be one of csv, k6, k6-export, markdown, got "xlsx""`,
    )
  })
})

/** A run in which all that comes from elsewhere is the hostile text. */
const hostile = (text: string): ReturnType<typeof sampleFile> =>
  sampleFile([
    sampleTest({
      name: text,
      errors: [text],
      runs: [
        recordedRun(
          [
            { name: text, times: 3 },
            { name: text, outcome: 'status', message: text },
            { name: `GET ${text}`, outcome: 'status', message: text },
          ],
          {
            title: text,
            metrics: (metrics) => metrics.timing(text, 3, { [text]: text }),
            record: (recorder) => {
              recorder.checks.note(text, false, text)
              recorder.iteration(
                { outcome: 'error', startedAt: 0, endedAt: 8, firstByteAt: undefined },
                {
                  kind: 'error',
                  message: text,
                  own: true,
                  describe: () => ({ kind: 'error', message: text, stack: text }),
                },
              )
            },
          },
        ),
      ],
      verdicts: [verdict({ subject: text })],
    }),
  ])

describe.each(HOSTILE)('%s', (_, text) => {
  test.each(FORMATS)('is harmless as %s', (format) => {
    for (const file of exportRun(hostile(text), { format })) {
      expect(file.text.replaceAll('\r\n', '\n')).not.toMatch(UNSEEN)
      expect(file.text.length).toBeLessThan(200_000)
      expect(file.text.isWellFormed()).toBe(true)
      if (format === 'csv') expect(parseCsv(file.text).flat().filter(isFormula)).toEqual([])
      if (format === 'markdown')
        expect(file.text).not.toMatch(/<(?!\/?(?:details|summary|sub|br)\b)/)
      if (format.startsWith('k6')) JSON.parse(file.text)
    }
  })
})

const isFormula = (cell: string): boolean => /^[=+\-@\t\r＝＋－＠]/.test(cell)
