import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LivePage } from '../../src/live/live-page.ts'
import { violationsOf } from '../support/axe-violations.ts'
import { SOON, openUrl, overflowOf, picture, startBrowser } from '../support/browser.ts'
import { servePages, type ShownPages } from '../support/dashboard-server.ts'
import { ENDED, RUNNING, SHOPPING, WAITING } from '../support/live-page-samples.ts'

/** Runs in the page, ahead of all else. */
const COUNTS_FRAMES = `const ask = requestAnimationFrame.bind(window)
window.requestAnimationFrame = (act) => (performance.mark('asked'), ask(act))`

describe('the page of a dashboard', { timeout: 120_000 }, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 120_000)

  afterAll(() => browser?.close())

  async function opened(first: LivePage, options: BrowserContextOptions = {}) {
    const server = await servePages(first)
    const shown = await openUrl(browser as Browser, server.address, options)
    await shown.page.locator('.head.live').waitFor()
    return { ...shown, server, [Symbol.asyncDispose]: () => endOf(shown, server) }
  }

  test('what goes on and how the limits stand are two things, and both are in its head', async () => {
    await using dashboard = await opened(RUNNING)
    const { page } = dashboard
    expect(await textOf(page, '.state')).toBe('Steady')
    expect(await textOf(page, '.steered')).toBe('Steered by hand')
    expect(await textOf(page, '.verdict')).toBe('✗ failed 1 of 3 limits missed so far')
    expect(await textOf(page, '.link')).toBe('Live')
    expect(await textOf(page, '.progress')).toContain(
      '2:01 of 5:05 users 200 completed 161/s p50 17 ms p95 182 ms p99 391 ms failed 244 (1.25 %)',
    )
    expect(await textOf(page, '.limits-now li:first-child')).toBe(
      '✗ failed p95 latency of GET /orders 391 ms limit 300 ms',
    )
    expect(await page.title()).toBe('Steady · shop › sustains 200 users')
  })

  test('the token leaves the address, and a reload still has it', async () => {
    await using dashboard = await opened(RUNNING)
    const { page } = dashboard
    expect(new URL(page.url()).hash).toBe('')
    await page.reload()
    await page.getByRole('heading', { name: 'shop › sustains 200 users' }).waitFor()
  })

  test('who has no token, or an old one, is told where to find it', async () => {
    await using dashboard = await opened(RUNNING)
    const { origin } = new URL(dashboard.page.url())
    const told = 'Open the address that the terminal shows'
    for (const address of [origin, `${origin}/#token=of-yesterday`]) {
      await using other = await openUrl(browser as Browser, address)
      await expect.poll(() => other.page.getByText(told, { exact: false }).count(), SOON).toBe(1)
    }
  })

  test('new figures come by themselves; a line that was switched off stays off', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    const chart = page.locator('[data-chart=percentiles]')
    await chart.getByText('users 100 → 200').waitFor()
    const lines = () => chart.locator('path[stroke-linejoin=bevel]').count()
    const before = await lines()
    expect(before).toBeGreaterThan(3)
    await chart.getByText('p99', { exact: true }).click()
    await expect.poll(lines, SOON).toBe(before - 1)
    server.show({ ...RUNNING, loads: [{ ...SHOPPING, users: 321, elapsed: 122_000 }] })
    await page.getByText('2:02 of 5:05').waitFor()
    expect(await textOf(page, '.progress')).toContain('users 321')
    expect(await lines()).toBe(before - 1)
  })

  test('charts that are drawn anew take some frames, not as many as a moving picture', async () => {
    await using dashboard = await opened(RUNNING)
    const { page } = dashboard
    await page.addInitScript({ content: COUNTS_FRAMES })
    await page.reload()
    await page.locator('[data-chart=percentiles]').getByText('users 100 → 200').waitFor()
    await page.waitForTimeout(500)
    await page.evaluate(() => performance.clearMarks())
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.waitForTimeout(500)
    const frames = await page.evaluate(() => performance.getEntriesByName('asked').length)
    const charts = await page.locator('[data-chart]').count()
    expect(frames).toBeGreaterThanOrEqual(charts)
    expect(frames).toBeLessThanOrEqual(4 * charts)
  })

  test('a keyboard asks for other users, and for the next phase', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    await page.getByRole('spinbutton', { name: 'Users' }).focus()
    await page.keyboard.type('50')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2.5')
    await page.keyboard.press('Enter')
    await page.getByText('✓ users 200 → 50').waitFor()
    await page.getByRole('button', { name: 'Next phase' }).press('Space')
    await expect
      .poll(() => server.asked, SOON)
      .toEqual([
        { load: 'load-1', command: { kind: 'users', users: 50, perSecond: 2.5 } },
        { load: 'load-1', command: { kind: 'next-phase' } },
      ])
  })

  test('a stop is asked for twice, and again before what is under way is cut off', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await button('Stop load').click()
    await button('Go on').click()
    await button('Stop load').click()
    await button('Stop').click()
    await expect.poll(() => server.asked.length, SOON).toBe(1)
    server.show({ ...RUNNING, loads: [{ ...SHOPPING, phase: 'graceful stop' }] })
    await button('End at once').click()
    await button('Cut off').click()
    await expect
      .poll(() => server.asked, SOON)
      .toEqual([
        { load: 'load-1', command: { kind: 'stop', force: false } },
        { load: 'load-1', command: { kind: 'stop', force: true } },
      ])
    expect(await textOf(page, '.state')).toBe('Stopping')
  })

  test('a load that has ended stays, with all that its report has', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    server.show(ENDED)
    await page.getByRole('heading', { name: 'Why it failed' }).waitFor()
    expect(await textOf(page, '.state')).toBe('Finished')
    expect(await textOf(page, '.verdict')).toBe('✗ failed Failed: 4 of 5 missed')
    await page.getByRole('navigation').getByRole('button', { name: '100 users chat' }).click()
    await page.getByRole('heading', { name: '100 users chat', level: 2 }).waitFor()
  })

  test('the load that began last is shown, unless the reader chose another', async () => {
    await using dashboard = await opened(WAITING)
    const { page, server } = dashboard
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 })
    await heading('No test has run yet').waitFor()
    server.show(RUNNING)
    await heading('shop › sustains 200 users').waitFor()
    const next = { ...SHOPPING, id: 'load-2', title: 'a second load', test: undefined }
    server.show({ ...RUNNING, loads: [SHOPPING, next] })
    await heading('a second load').waitFor()
    await page.getByText('Its first second is not over yet.').waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'sustains 200' }).first().click()
    await heading('shop › sustains 200 users').waitFor()
    server.show({ ...RUNNING, loads: [SHOPPING, next, { ...next, id: 'load-3', title: 'third' }] })
    await page.getByRole('navigation').getByRole('button', { name: 'third' }).waitFor()
    expect(await heading('shop › sustains 200 users').isVisible()).toBe(true)
  })

  test('in watch mode a test is started with other users', async () => {
    await using dashboard = await opened(WAITING)
    const { page, server } = dashboard
    await page.getByRole('combobox', { name: 'Test' }).selectOption({ index: 1 })
    await page.getByRole('spinbutton', { name: 'Users' }).fill('20')
    await page.getByLabel('spawned per second').fill('4')
    await page.getByRole('button', { name: 'Start' }).click()
    await expect.poll(() => server.asked, SOON).toEqual([{ test: 'shop', users: 20, spawnRate: 4 }])
  })

  test('a connection that broke is made again, and the whole history comes with it', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    const link = () => textOf(page, '.link')
    await server.cut()
    await expect.poll(link, SOON).toBe('Reconnecting …')
    // What it shows stays readable; it cannot be steered.
    expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true)
    server.show({ ...RUNNING, loads: [{ ...SHOPPING, elapsed: 150_000 }] })
    await server.restore()
    await expect.poll(link, SOON).toBe('Live')
    await page.getByText('2:30 of 5:05').waitFor()
  })

  test('a server that goes says so, and nobody calls it again', async () => {
    await using dashboard = await opened(ENDED)
    const { page, server } = dashboard
    await server.close('The run is over.')
    await page.getByText('The run is over.').waitFor()
    expect(await textOf(page, '.link')).toBe('Ended')
    expect(await page.getByText('Download', { exact: true }).count()).toBe(0)
    expect(dashboard.problems).toEqual([])
  })

  test('while nobody looks nothing is drawn', async () => {
    await using dashboard = await opened(RUNNING)
    const { page, server } = dashboard
    await page.evaluate(LOOK('hidden'))
    server.show({ ...RUNNING, loads: [{ ...SHOPPING, elapsed: 140_000 }] })
    await using other = await openUrl(browser as Browser, server.address)
    await other.page.getByText('2:20 of 5:05').waitFor()
    expect(await textOf(page, '.progress')).toContain('2:01 of 5:05')
    await page.evaluate(LOOK('visible'))
    await page.getByText('2:20 of 5:05').waitFor()
  })

  test('what a service says is text, and never runs', async () => {
    const text = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    await using dashboard = await opened({
      ...RUNNING,
      log: [text],
      notes: [text],
      loads: [{ ...SHOPPING, title: text, note: text }],
    })
    const { page, problems } = dashboard
    expect(await page.locator('.log').textContent()).toBe(text)
    expect(await page.title()).toBe(`Steady · ${text}`)
    expect(await page.locator('main img').count()).toBe(0)
    expect(problems).toEqual([])
  })

  test.each([
    ['light', { ended: ENDED, running: RUNNING }, {}],
    ['dark', { running: RUNNING }, { colorScheme: 'dark' }],
    ['phone', { waiting: WAITING, running: RUNNING }, { viewport: { width: 390, height: 844 } }],
  ] as const)(
    'axe finds nothing wrong, and nothing is too wide: %s',
    async (name, states, options) => {
      await using dashboard = await opened(WAITING, options)
      const { page, server, problems } = dashboard
      for (const [state, live] of Object.entries(states)) {
        server.show(live)
        await expect.poll(() => textOf(page, '.state'), SOON).toBe(WORDS[state])
        await picture(page, `dashboard-${state}-${name}`)
        expect(await overflowOf(page), state).toBe(0)
        expect(await violationsOf(page), state).toEqual([])
      }
      expect(problems).toEqual([])
    },
  )
})

const WORDS: Readonly<Record<string, string>> = {
  running: 'Steady',
  ended: 'Finished',
  waiting: 'Waiting',
}

const LOOK = (state: 'hidden' | 'visible'): string =>
  `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
   document.dispatchEvent(new Event('visibilitychange'))`

async function endOf(shown: AsyncDisposable, server: ShownPages): Promise<void> {
  await shown[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
}

/** As a reader has it: white space counts as one. */
async function textOf(page: Page, selector: string): Promise<string> {
  const text = await page.locator(selector).first().innerText()
  return text.replaceAll(/\s+/g, ' ').trim()
}
