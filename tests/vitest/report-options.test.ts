import { describe, expect, test } from 'vitest'
import { toReportSettings } from '../../src/vitest/report-options.ts'
import { messageOf } from '../support/message-of.ts'

const named = 'reports/{profile}-{date}.html'

describe('whether there is a report, and what it is called', () => {
  test.each([
    ['beside the run file, unless something else is said', undefined, {}, '.vitest/perf/{id}.html'],
    ['the same, said', { html: true }, {}, '.vitest/perf/{id}.html'],
    ['a name of its own', { html: named }, {}, named],
    ['none', { html: false }, {}, undefined],
    ['none at all', false, {}, undefined],
    ['PERF_REPORT wins', { html: named }, { PERF_REPORT: 'before.html' }, 'before.html'],
    ['over none, too', false, { PERF_REPORT: 'before.html' }, 'before.html'],
    ['and says that there is none', { html: named }, { PERF_REPORT: 'false' }, undefined],
    ['unless it is empty', { html: named }, { PERF_REPORT: '' }, named],
  ] as const)('%s', (_, options, environment, html) => {
    expect(toReportSettings(options, environment).html).toBe(html)
  })
})

describe('mistakes', () => {
  test.each([
    ['no HTML', { html: 'report.pdf' }],
    ['no name', { html: '.html' }],
    ['a folder', { html: 'reports/' }],
    ['no text', { html: 5 }],
    ['no object', 'report.html'],
    ['an unknown option', { htm: true }],
    ['an unknown place', { html: 'reports/{profil}.html' }],
  ])('%s', (_, options) => {
    expect(messageOf(() => toReportSettings(options as never, {}))).toMatchSnapshot()
  })

  test('of the environment are its own', () => {
    expect(messageOf(() => toReportSettings({}, { PERF_REPORT: 'report' }))).toMatchInlineSnapshot(
      `"PERF_REPORT must be a file name like 'reports/{profile}-{date}.html', or false, got "report""`,
    )
  })
})
