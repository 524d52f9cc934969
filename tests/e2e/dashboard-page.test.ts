import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SOON, openUrl, picture, startBrowser } from '../support/browser.ts'
import { CLI } from '../support/cli.ts'
import { config, withService } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'

/** `/` answers and says so in its log, `/broken` fails. */
const SERVICE = `
import { createServer } from 'node:http'
createServer((request, response) => {
  if (request.url === '/broken') response.statusCode = 503
  else if (Math.random() < 0.02) console.log('answered', request.url)
  response.end(request.statusCode === 503 ? 'pool exhausted' : 'ok')
}).listen(Number(process.env.PORT), '127.0.0.1')
`

const SUITE = `
import { expect, test } from 'vitest-perf'
test('a short load', async ({ load }) => {
  await load({ users: 2, iterations: 20 }, ({ http }) => http.get('/'))
})
test('a load of an hour', { timeout: 3_700_000 }, async ({ load }) => {
  const limits = { 'GET /': { p95: '20s' }, errorRate: '90%' }
  const run = await load({ users: 10, duration: '1h', limits }, async ({ http, iteration, pause }) => {
    await http.get('/')
    if (iteration % 10 === 3) await http.get('/broken')
    await pause('40ms')
  })
  expect(run).toMeetLimits()
})
`

const SHORT = `
import { test } from 'vitest-perf'
test('three users', async ({ load }) => {
  await load({ users: 3, duration: '2s' }, async ({ http, pause }) => {
    await http.get('/')
    await pause('50ms')
  })
})
`

let browser: Browser | undefined

beforeAll(async () => {
  browser = await startBrowser()
}, 120_000)

afterAll(() => browser?.close())

test('a load is watched, steered and stopped in a browser', { timeout: 240_000 }, async () => {
  const { options } = await withService('dashboard: { port: 0 },')
  await using project = await vitestProject('dashboard-page', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const vitest = project.start(['run'])
  const [address] = await vitest.sees(/http:\/\/\S+#token=\S+/)
  await using first = await openUrl(browser as Browser, address)
  const { page } = first
  await hour(page).waitFor()

  // Charts move by themselves.
  await expect.poll(() => pointsOf(page), SOON).toBeGreaterThan(1)
  const early = await pointsOf(page)
  await expect.poll(() => pointsOf(page), SOON).toBeGreaterThan(early)
  expect(await page.locator('.state').textContent()).toContain('Steady')
  expect(await page.locator('.verdict').textContent()).toContain('2 limits')
  await page
    .getByRole('region', { name: 'Endpoints of the last 10 s' })
    .getByText('GET /broken')
    .waitFor()
  await page.locator('.errors').getByText('503 GET /broken').waitFor()
  await page.locator('.log').getByText('answered /').first().waitFor()
  await page.locator('[data-chart=memory] svg').waitFor()
  expect(await page.getByRole('navigation').innerText()).toContain('a short load')

  // Another browser has the history, too.
  await using second = await openUrl(browser as Browser, address)
  await hour(second.page).waitFor()
  expect(await pointsOf(second.page)).toBeGreaterThanOrEqual(early)

  // Both see who has steered.
  await page.getByRole('spinbutton', { name: 'Users' }).fill('50')
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('✓ users 10 → 50').waitFor()
  for (const each of [page, second.page]) {
    await each.locator('[data-chart=percentiles]').getByText('users 10 → 50').waitFor()
    await each.locator('.progress').getByText('users 50').waitFor()
    await each.locator('.steered').waitFor()
  }

  // A reload loses nothing.
  const before = await pointsOf(page)
  await page.reload()
  await hour(page).waitFor()
  await page.locator('[data-chart=percentiles]').getByText('users 10 → 50').waitFor()
  expect(await pointsOf(page)).toBeGreaterThanOrEqual(before)
  await picture(page, 'dashboard-real')

  expect(await downloaded(page, 'Report (HTML)')).toMatch(/^<!doctype html>/i)
  expect(JSON.parse(await downloaded(page, 'Run file (JSON)'))).toMatchObject({ ending: 'partial' })
  expect(await downloaded(page, 'Figures (CSV)')).toMatch(/^Type,Name,Request Count[^]*broken/)

  // The load ends, and what it had measured is there.
  await page.getByRole('button', { name: 'Stop load' }).click()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  for (const each of [page, second.page]) {
    await each.locator('.state[data-state=Finished]').waitFor()
    await each.getByRole('heading', { name: 'Limits' }).waitFor()
  }
  const { code, output } = await vitest.ended
  expect(code, output).toBe(0)
  await expect.poll(() => page.locator('.link').textContent(), SOON).toBe('Ended')
  expect([first.problems, second.problems]).toEqual([[], []])

  const [run] = await project.runFiles()
  const load = run?.tests.find(({ name }) => name === 'a load of an hour')?.record.runs[0]
  expect(run?.ending).toBe('complete')
  expect(load?.marks).toMatchObject([{ kind: 'steered', text: 'users 10 → 50' }, {}])
  expect(Math.max(...(load?.timeline.map(({ users = 0 }) => users) ?? []))).toBe(50)
  expect(load?.whole.count).toBeGreaterThan(50)

  // And it can be looked at again.
  const replay = project.start(['dashboard', 'latest', '--port', '0'], { script: CLI })
  const [again] = await replay.sees(/http:\/\/\S+#token=\S+/)
  await using third = await openUrl(browser as Browser, again)
  await third.page.getByRole('button', { name: 'a load of an hour' }).click()
  await hour(third.page).waitFor()
  await third.page.locator('[data-chart=percentiles]').getByText('users 10 → 50').waitFor()
  expect(await third.page.locator('.state').textContent()).toContain('Replay')
  expect(await third.page.locator('.steered').count()).toBe(1)
  expect(await third.page.getByRole('button', { name: 'Stop load' }).count()).toBe(0)
  replay.signal('SIGTERM')
  await third.page.getByText('vitest-perf dashboard has ended').waitFor()
})

test('a watcher starts a test with other users from the page', { timeout: 120_000 }, async () => {
  const { options } = await withService('dashboard: { port: 0 },')
  await using project = await vitestProject('dashboard-start', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'a.perf.ts': SHORT,
    // A watcher that finds nothing to run at first never says that it waits.
    'a.test.ts': `import { test } from 'vitest'\ntest('a unit', () => {})`,
  })
  const vitest = project.start(['--watch'])
  const [address] = await vitest.sees(/http:\/\/\S+#token=\S+/)
  await using watcher = await openUrl(browser as Browser, address)
  const { page } = watcher
  await page.getByRole('spinbutton', { name: 'Users' }).fill('6')
  await page.getByRole('spinbutton', { name: 'spawned per second' }).fill('60')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.locator('.state[data-state=Finished]').waitFor()
  await page.getByRole('heading', { name: 'three users', level: 1 }).waitFor()
  await expect.poll(async () => (await project.runFiles()).length, SOON).toBe(1)
  const [run] = await project.runFiles()
  expect(run?.tests[0]?.record.runs[0]?.shape).toMatchObject({ users: 6, rampUp: 100 })
  // What has run once is known by its name, and can be started again.
  await page.getByRole('option', { name: 'three users' }).waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Start' }).waitFor()
  expect(watcher.problems).toEqual([])
})

/** The page shows that load. */
const hour = (page: Page) => page.getByRole('heading', { name: 'a load of an hour', level: 1 })

const pointsOf = async (page: Page): Promise<number> => {
  const chart = page.locator('main [data-chart=rates]').first()
  return Number(await chart.getAttribute('data-points'))
}

/** What a click on it downloads. */
async function downloaded(page: Page, name: string): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByText('Download', { exact: true }).click()
  await page.getByRole('link', { name }).click()
  const file = await coming
  await page.getByText('Download', { exact: true }).click()
  return readFile(await file.path(), 'utf8')
}
