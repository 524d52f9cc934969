import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFile, overflowOf, picture, startBrowser, writePage } from '../support/browser.ts'
import { builtReport } from '../support/built-report.ts'
import { sampleFile, sampleRun, sampleTest, verdict } from '../support/run-file-samples.ts'

const MARKUP = '</script><script>document.title="hacked"</script><img src=x onerror=alert(1)>'
const ESCAPES = '\u001B[31mred\u001B[0m\u001B]8;;https://evil.example\u0007link\u0007'
const TURNED = 'safe\u202Egnp.exe\u2066\u200F'
const LONG = 'a'.repeat(1_000_000)

/** Every text that a service or a suite decides on. */
const hostile = (text: string) => {
  const fails = { every: 2, kind: 'status', status: 500, message: text, body: text } as const
  const run = sampleRun([{ name: `GET /${text}`, perSecond: 20, p50: 10, fails }], {
    title: text,
    seconds: 4,
    with: { source: text, reason: text, ending: 'aborted' },
  })
  return sampleTest({
    file: `tests/${text}.perf.ts`,
    name: text,
    errors: [text],
    runs: [run],
    verdicts: [verdict({ subject: `p95 latency of GET /${text}`, measured: Infinity, run: text })],
  })
}

describe('what a service says is harmless', { timeout: 120_000 }, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 120_000)

  afterAll(() => browser?.close())

  test.each([
    ['markup', MARKUP, MARKUP],
    ['escapes of a terminal', ESCAPES, 'redlink'],
    ['marks that turn the direction of writing', TURNED, 'safegnp.exe'],
    ['a megabyte', LONG, 'a'.repeat(100)],
  ])('%s', async (name, text, shown) => {
    const id = name.replaceAll(' ', '-')
    const html = await builtReport(sampleFile([hostile(text)], { id: text }))
    expect(html.length).toBeLessThan(1e6)
    await using report = await openFile(browser as Browser, await writePage(id, html))
    const { page, problems, requests } = report
    await page.locator('details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '')
    })
    await picture(page, id)
    expect(await page.locator('h2').innerText()).toContain(shown)
    expect(await page.locator('.errors pre').first().textContent()).toContain(shown)
    expect(await page.locator('img, iframe, body script:not([type]) ~ script').count()).toBe(0)
    expect(await page.title()).not.toBe('hacked')
    expect(await page.locator('body').textContent()).not.toMatch(/\p{Cf}|\p{Co}/u)
    expect(await overflowOf(page)).toBe(0)
    expect({ problems, requests }).toEqual({ problems: [], requests: [] })
  })
})
