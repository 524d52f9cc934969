import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

/** Debian's, as `.ci/run` installs it. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** How long a busy machine may take to show what a click asked for. */
export const SOON = { timeout: 30_000 } as const

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws when there is no Chromium, saying how to get one */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(
      `no browser at ${EXECUTABLE}: run \`apt-get install -y chromium\`, or set CHROMIUM to the path of one`,
    )
  }
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, timeout: 60_000 })
}

/** A page that was opened. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  /** Errors, and what the console said. */
  readonly problems: readonly string[]
  /** What it asked for, itself aside. */
  readonly requests: readonly string[]
}

/** Opens a file of HTML, and waits until it shows all that it has. */
export const openFile = (
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> => openUrl(browser, pathToFileURL(path).href, options)

/** Opens an address, in a browser that has nothing of another. */
export async function openUrl(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const [problems, requests]: [string[], string[]] = [[], []]
  page.on('console', (message) => problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => problems.push(`dialog: ${dialog.message()}`))
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url())
  })
  await page.goto(url)
  await page.locator('main').waitFor()
  // Charts are drawn when the rest is there, all of them at once.
  const charts = page.locator('[data-chart]')
  if ((await charts.count()) > 0) await charts.last().locator('svg').waitFor({ state: 'attached' })
  return { page, problems, requests, [Symbol.asyncDispose]: () => context.close() }
}

/** Git ignores it: pictures for whoever wants to look at them. */
const SCREENS = join(import.meta.dirname, '..', '..', '.tmp', 'web')

/** A file for a browser to open; its name is its own in the whole suite. */
export async function writePage(name: string, html: string): Promise<string> {
  await mkdir(SCREENS, { recursive: true })
  const path = join(SCREENS, `${name}.html`)
  await writeFile(path, html)
  return path
}

/** A picture of the whole page. */
export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true })

/** By how many pixels the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
