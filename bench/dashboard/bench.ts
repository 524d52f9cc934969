import { alternate } from '../common/alternate.ts'
import type { Bench } from '../common/bench.ts'
import { busy } from '../common/busy.ts'
import { Child } from '../common/child.ts'
import { findCores } from '../common/cores.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'
import { startBrowser } from './browser.ts'
import { createProject } from './project.ts'
import { runLoad } from './run-load.ts'

const ROUNDS = 9

/** What a load pays for a dashboard that somebody looks at. */
export const dashboard: Bench = {
  name: 'dashboard',
  run: async () => {
    const cores = findCores()
    await using server = new Child(new URL('../http/server.ts', import.meta.url), {
      core: 'server',
    })
    await using project = await createProject(await server.call<string>('url'))
    const browser = await startBrowser(project.root, cores)
    try {
      const side = (watching: typeof browser | undefined) => () =>
        busy(server, () => runLoad(project.root, { cores, watching }))
      const sides = { with: side(browser), without: side(undefined) }
      await alternate(sides, 1) // Fills the caches of the file system.
      const by = await alternate(sides, ROUNDS)
      return {
        title: 'dashboard: a load whose dashboard is open in Chromium, beside one without',
        columns: ['with', 'without'],
        rows: [
          compare('GET/s', pairs(by.with, by.without, 'perSecond'), whole, { least: 0.95 }),
          compare('  CPU µs each', pairs(by.with, by.without, 'cpuMicros'), tenths, { most: 1.05 }),
        ],
        notes: [
          ...serverNote(by.without),
          'the generator has a core of its own; service and Vitest share the other with Chromium,',
          'which has the least priority: it stands for one on another machine',
        ],
      }
    } finally {
      await browser.close()
    }
  },
}
