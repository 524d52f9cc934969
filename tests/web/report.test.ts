import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf } from '../support/axe-violations.ts'
import { SOON, openFile, overflowOf, picture, startBrowser, writePage } from '../support/browser.ts'
import { builtReport } from '../support/built-report.ts'
import { SHOP, SUITE, sampleRun, sampleTest } from '../support/run-file-samples.ts'

/** The same test in a run in which orders took half as long. */
const BASELINE = {
  ...SUITE,
  id: '2026-01-30T09-05-07-base',
  tests: [
    sampleTest({
      file: 'tests/perf/shop.perf.ts',
      name: 'shop > sustains 200 users',
      runs: [
        sampleRun(
          SHOP.map((each) => (each.name === 'GET /orders' ? { ...each, p50: 61 } : each)),
          { title: 'sustains 200 users', seconds: 120, users: 200 },
        ),
      ],
    }),
  ],
}

describe('the report of a run that failed', { timeout: 120_000 }, () => {
  let browser: Browser | undefined
  let path = ''
  const opened = (options = {}) => openFile(browser as Browser, path, options)

  beforeAll(async () => {
    browser = await startBrowser()
    path = await writePage('failed', await builtReport(SUITE, BASELINE))
  }, 120_000)

  afterAll(() => browser?.close())

  test('its first screen says whether, by how much, why, whether to trust it, and what got slower', async () => {
    await using report = await opened()
    const { page } = report
    expect(await textOf(page, 'h1')).toBe('✗ failed 1 of 24 tests failed')
    expect(await textOf(page, '.limit-rows li:nth-child(2)')).toBe(
      '✗ failed p95 latency of GET /orders 391 ms limit ≤ 300 ms 30 % over',
    )
    expect(await textOf(page, '.why li:nth-child(3)')).toContain('240 times 503 POST /checkout')
    expect(await textOf(page, '.trust .headline')).toBe('! not finished With care')
    expect(await textOf(page, '.sentences')).toMatch(
      /p95 of GET \/orders is 391 ms: \+\d+ % beside/,
    )
    const box = await page.locator('.sentences').boundingBox()
    // Fonts differ from machine to machine, so there is room for a few more lines.
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(1_000)
  })

  test('the baseline is outlined in the histogram and beside the curve', async () => {
    await using report = await opened()
    for (const name of ['histogram', 'curve']) {
      const chart = report.page.locator(`[data-chart=${name}]`)
      expect(await chart.locator('text=baseline').count()).toBe(1)
      expect(await chart.locator('path[stroke-dasharray]').count()).toBeGreaterThan(0)
    }
  })

  test('a keyboard chooses an endpoint, which the charts then show with its limit', async () => {
    await using report = await opened()
    const { page } = report
    const name = page.getByRole('button', { name: 'GET /orders' })
    await name.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => name.getAttribute('aria-pressed'), SOON).toBe('true')
    const chart = page.locator('[data-chart=percentiles]')
    const label = () => chart.getAttribute('aria-label')
    await expect.poll(label, SOON).toContain('latency of GET /orders')
    await chart.getByText('p95 ≤ 300 ms').waitFor()
    await page.getByRole('button', { name: 'Show all requests' }).press('Space')
    await expect.poll(label, SOON).toContain('latency of all requests')
  })

  test('a click on a column sorts by it, another one turns it round', async () => {
    await using report = await opened()
    const table = report.page.getByRole('region', { name: 'Endpoints' })
    const names = () => table.locator('tbody .name').allTextContents()
    await table.getByRole('button', { name: 'p95' }).first().click()
    await expect.poll(names, SOON).toEqual(['GET /orders', 'POST /checkout', 'GET /products/{}'])
    await table.getByRole('button', { name: 'p95' }).first().click()
    await expect.poll(names, SOON).toEqual(['GET /products/{}', 'POST /checkout', 'GET /orders'])
    expect(await table.locator('[aria-sort=ascending]').textContent()).toContain('p95')
  })

  test('an error opens to its first one in full', async () => {
    await using report = await opened()
    const errors = report.page.locator('.errors details')
    await errors.first().locator('summary').click()
    expect(await textOf(report.page, '.errors details:first-child .sample')).toContain(
      '{"error":"pool exhausted","retry":true,"pool":{"size":10,"waiting":214}}',
    )
  })

  test('a link leads to a test, and the list to the others', async () => {
    await using report = await opened()
    const { page } = report
    await page.goto(`${page.url()}#test-2`)
    await page.getByRole('heading', { name: '100 users chat' }).waitFor()
    await page.getByRole('navigation').getByRole('button').first().click()
    await page.getByRole('heading', { name: 'shop › sustains 200 users' }).waitFor()
    expect(page.url()).toMatch(/#test-1$/)
  })

  test('dark is the system’s choice, and then the reader’s; charts follow', async () => {
    await using report = await opened({ colorScheme: 'dark' })
    const { page } = report
    const scheme = () => page.locator('html').getAttribute('data-scheme')
    const ink = () => page.locator('[data-chart=rates] text').first().getAttribute('fill')
    expect(await scheme()).toBe('dark')
    const dark = await ink()
    await page.getByRole('button', { name: 'Light' }).click()
    await expect.poll(scheme, SOON).toBe('light')
    await expect.poll(ink, SOON).not.toBe(dark)
    await page.reload()
    await page.locator('main').waitFor()
    expect(await scheme()).toBe('light')
  })

  test.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 844 } }],
  ] as const)('axe finds nothing wrong, and nothing is too wide: %s', async (name, options) => {
    await using report = await opened(options)
    const { page, problems } = report
    await page.locator('details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '')
    })
    await picture(page, `failed-${name}`)
    expect(await overflowOf(page)).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    expect(problems).toEqual([])
  })

  test('paper is light and as wide as it is', async () => {
    await using report = await opened({
      colorScheme: 'dark',
      viewport: { width: 700, height: 990 },
    })
    const { page } = report
    await page.emulateMedia({ media: 'print' })
    await expect.poll(() => page.locator('html').getAttribute('data-scheme'), SOON).toBe('light')
    await picture(page, 'failed-print')
    expect(await overflowOf(page)).toBe(0)
    expect(await page.getByRole('button', { name: 'Copy command' }).isVisible()).toBe(false)
  })
})

/** As a reader has it: white space counts as one. */
async function textOf(page: Page, selector: string): Promise<string> {
  const text = await page.locator(selector).first().innerText()
  return text.replaceAll(/\s+/g, ' ').trim()
}
