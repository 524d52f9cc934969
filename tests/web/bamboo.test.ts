import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFile, overflowOf, picture, startBrowser } from '../support/browser.ts'
import { exampleSuite } from '../support/example-suite.ts'
import { freePort } from '../support/service-processes.ts'

const { run } = exampleSuite('bamboo', { port: 'BAMBOO_PORT' })
const FOLDER = join(import.meta.dirname, '..', '..', '.tmp', 'web')
const REPORT = join(FOLDER, 'bamboo.html')

describe('the report of a real run', { timeout: 120_000 }, () => {
  let browser: Browser | undefined
  const opened = (options = {}) => openFile(browser as Browser, REPORT, options)

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true })
    browser = await startBrowser()
  }, 120_000)

  afterAll(() => browser?.close())

  test('is written under the name that it was given, and the summary says so', async () => {
    const env = { PERF_REPORT: REPORT, BAMBOO_WS_PORT: String(await freePort()) }
    const { code, output } = await run(['benchmark.perf.ts'], env)
    expect(code, output).toBe(0)
    expect(output).toMatch(/report {4}.*bamboo\.html/)
    const { length } = await readFile(REPORT)
    expect(length).toBeLessThan(1e6)
  })

  test('opens without an error, asks nobody for anything, and every chart has its data', async () => {
    await using report = await opened()
    const { page, problems, requests } = report
    const charts = page.locator('[data-chart]')
    const drawn = await charts.evaluateAll((all) =>
      all.map((chart) => [
        chart.getAttribute('data-chart'),
        Number(chart.getAttribute('data-points')) > 1,
        chart.querySelectorAll('svg path').length > 3,
      ]),
    )
    const names = [
      'percentiles',
      'rates',
      'histogram',
      'curve',
      'streams',
      'tokens',
      'memory',
      'cpu',
    ]
    expect(drawn).toEqual(names.map((name) => [name, true, true]))
    expect({ problems, requests }).toEqual({ problems: [], requests: [] })
    expect(await page.title()).toContain('The test passed')
  })

  test.each([
    ['light', {}, undefined],
    ['dark', { colorScheme: 'dark' }, undefined],
    ['phone', { viewport: { width: 390, height: 844 } }, undefined],
    ['print', { viewport: { width: 700, height: 990 } }, 'print'],
  ] as const)('is not wider than its window: %s', async (name, options, media) => {
    await using report = await opened(options)
    const { page } = report
    if (media !== undefined) await page.emulateMedia({ media })
    await picture(page, `bamboo-${name}`)
    expect(await overflowOf(page)).toBe(0)
  })
})
