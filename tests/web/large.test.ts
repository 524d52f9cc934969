import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SOON, openFile, startBrowser, writePage } from '../support/browser.ts'
import { builtReport } from '../support/built-report.ts'
import { sampleFile, sampleRun, sampleTest } from '../support/run-file-samples.ts'

const ENDPOINTS = Array.from({ length: 200 }, (_, at) => ({
  name: `GET /endpoint/${at}/{}`,
  perSecond: 1,
  p50: 10 + at,
}))

/** What a run file keeps of a run of three hours: its course has 60 stretches, however long it lasts. */
const LARGE = sampleFile([
  sampleTest({ name: 'a soak', runs: [sampleRun(ENDPOINTS, { title: 'a soak', seconds: 120 })] }),
])

describe('a run with 200 endpoints', { timeout: 120_000 }, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 120_000)

  afterAll(() => browser?.close())

  test('fits into a megabyte, opens, and is searched', async () => {
    const html = await builtReport(LARGE)
    expect(html.length).toBeLessThan(1e6)
    await using report = await openFile(browser as Browser, await writePage('large', html))
    const { page, problems } = report
    expect(await secondsOfWork(page)).toBeLessThan(2)
    const names = page.locator('tbody .name')
    expect(await names.count()).toBe(200)
    await page.getByRole('searchbox').fill('/19')
    await expect.poll(() => names.count(), SOON).toBe(11)
    expect(problems).toEqual([])
  })
})

/** What its main thread has done since the page was asked for, waiting for a processor aside. */
async function secondsOfWork(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.reload()
  await page.locator('main').waitFor()
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Infinity
}
