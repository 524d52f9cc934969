import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/report/compare/comparison.ts'
import { toComparisonPage } from '../../src/report/compare/comparison-page.ts'
import { fillTemplate } from '../../src/report/html.ts'
import { violationsOf } from '../support/axe-violations.ts'
import { openFile, overflowOf, picture, startBrowser, writePage } from '../support/browser.ts'
import { compared, sideFile, slowed } from '../support/compared-runs.ts'
import { HOSTILE } from '../support/hostile.ts'
import { CHAT, SHOP } from '../support/run-file-samples.ts'

const TEMPLATE = join(import.meta.dirname, '..', '..', 'dist', 'report', 'page.html')

/** The page of a comparison, made by the sources on the page that was built last. */
const html = async (comparison: Comparison): Promise<string> =>
  fillTemplate(await readFile(TEMPLATE, 'utf8'), toComparisonPage(comparison))

const all = [...SHOP, ...CHAT]
const fails = {
  every: 5,
  kind: 'status',
  status: 503,
  message: 'POST /checkout answered 503',
} as const
const worse = slowed(slowed(all, 'GET /orders', { p50: 254 }), 'POST /checkout', { fails })
const three = compared([
  sideFile({ endpoints: all, seed: 1 }),
  sideFile({ endpoints: all, seed: 2 }),
  sideFile({ endpoints: worse, seed: 3, file: { versions: { node: '26.0.0', vitest: '5.1.1' } } }),
])

describe('the page of a comparison', { timeout: 120_000 }, () => {
  let browser: Browser | undefined
  let path = ''
  const opened = (options = {}) => openFile(browser as Browser, path, options)

  beforeAll(async () => {
    browser = await startBrowser()
    path = await writePage('comparison', await html(three))
  }, 120_000)

  afterAll(() => browser?.close())

  test('says what got worse, what hints at why, and what speaks against comparing', async () => {
    await using comparison = await opened()
    const { page, problems, requests } = comparison
    const said = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ')
    expect(said).toContain('slower, and more failures: 2 of 6 endpoints')
    expect(said).toContain('GET /orders is slower throughout: p50 +')
    expect(said).toContain('! Node: 24.21.0, then 26.0.0')
    expect(said).toMatch(
      /GET \/orders p50 1\d\d ms 1\d\d ms 2\d\d ms \+\d+ % ±\d+ % ▲ worse slower/,
    )
    expect(problems).toEqual([])
    expect(requests).toEqual([])
  })

  test('every chart has its data', async () => {
    await using comparison = await opened()
    const charts = comparison.page.locator('[data-chart]')
    const points = await charts.evaluateAll((found) =>
      found.map((each) => [
        each.getAttribute('data-chart'),
        Number(each.getAttribute('data-points')),
      ]),
    )
    expect(points).toEqual([
      ['dumbbell', 12],
      ['radar', 3 * 6],
      ['curves', 3 * 20],
      ['trend', 5 * 3],
    ])
    for (const chart of await charts.all())
      expect(await chart.locator('path').count()).toBeGreaterThan(3)
  })

  test.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 844 } }],
  ] as const)('axe finds nothing wrong, and nothing is too wide: %s', async (name, options) => {
    await using comparison = await opened(options)
    const { page } = comparison
    await picture(page, `comparison-${name}`)
    expect(await overflowOf(page)).toBe(0)
    expect(await violationsOf(page)).toEqual([])
  })

  test('whatever names and errors hold runs no code and breaks no page', async () => {
    const hostile = (p50: number) =>
      sideFile({
        endpoints: HOSTILE.map(([, name]) => ({
          name,
          perSecond: 4,
          p50,
          ...(p50 > 10 && { fails: { every: 2, kind: 'status', message: name, body: name } }),
        })),
        seed: p50,
        seconds: 8,
        file: { id: `</script><img src=x onerror=alert(1)>${p50}` },
      })
    const text = await html(compared([hostile(10), hostile(40)]))
    await using page = await openFile(
      browser as Browser,
      await writePage('comparison-hostile', text),
    )
    expect(page.problems).toEqual([])
    expect(page.requests).toEqual([])
    expect(await page.page.locator('main img, main script').count()).toBe(0)
    expect(await overflowOf(page.page)).toBe(0)
  })
})
