import type { Page } from 'playwright-core'
import { alternate } from '../common/alternate.ts'
import type { Bench } from '../common/bench.ts'
import { findCores } from '../common/cores.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'
import { startBrowser } from './browser.ts'
import { PausedLoad } from './paused-load.ts'

/** Single windows differ by a tenth, whatever runs in them: their median is known to a hundredth or so. */
const ROUNDS = 100
const SECONDS = 1_200

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** What a load pays for a dashboard that somebody looks at. */
export const dashboard: Bench = {
  name: 'dashboard',
  run: async () => {
    const cores = findCores()
    const parts = { seconds: SECONDS, cores }
    await using watched = await PausedLoad.start({ ...parts, name: 'with', dashboard: true })
    await using browser = await startBrowser(cores)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(await watched.address())
    await watched.pause()
    await using plain = await PausedLoad.start({ ...parts, name: 'without', dashboard: false })
    await plain.pause()
    const sides = { with: () => watched.window(), without: () => plain.window() }
    const by = await alternate(sides, ROUNDS)
    await expectDrawn(page)
    return {
      title: 'dashboard: a load whose dashboard is open in Chromium, beside one without',
      columns: ['with', 'without'],
      rows: [
        compare('GET/s', pairs(by.with, by.without, 'perSecond'), whole, { least: 0.95 }),
        compare('  CPU µs each', pairs(by.with, by.without, 'cpuMicros'), tenths, { most: 1.05 }),
        compare('  generator busy', pairs(by.with, by.without, 'busy'), percent),
      ],
      notes: [
        ...serverNote(by.without),
        `median of ${ROUNDS} pairs of 2 s: one load stands still while the other goes on`,
        'the generator has a core; service, Vitest and Chromium share the other',
      ],
    }
  },
}

/** @throws Error when the page has not followed the load to its end */
async function expectDrawn(page: Page): Promise<void> {
  const clock = page.locator('.progress strong').first()
  const text = (await clock.textContent({ timeout: 5_000 })) ?? ''
  const [minutes = 0, seconds = 0] = text.split(' ')[0]?.split(':').map(Number) ?? []
  // More goes by, since the other load takes its turns.
  const least = ROUNDS * 2
  if (!(minutes * 60 + seconds > least))
    throw new Error(`the browser is at ${text}, not ${least} s`)
}
