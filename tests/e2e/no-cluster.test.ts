import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { serve } from '../support/servers.ts'
import { vitestProject } from '../support/vitest-project.ts'

/** Notes every module that a process loads, be it the main one or one that runs tests. */
const NOTING = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + '\\n')
    return next(url, context)
  },
})`

test('a run of one generator loads nothing of what several need', { timeout: 90_000 }, async () => {
  await using server = await serve((_request, response) => response.end('ok'))
  await using project = await vitestProject('no-cluster', {
    'vitest.config.ts': `
        import { defineConfig } from 'vitest/config'
        import { perf } from 'vitest-perf/plugin'
        export default defineConfig({ plugins: [perf({ baseUrl: '${server.url}' })] })`,
    'a.perf.ts': `
        import { appendFileSync } from 'node:fs'
        import { expect, test } from 'vitest-perf'
        test('reads', async ({ load }) => {
          const run = await load({ users: 2, iterations: 20 }, ({ http }) => http.get('/'))
          expect(run).toHaveSuccessRateAbove('99%')
          // What Vitest loads for a test by itself, Node is not asked for.
          const modules = [...globalThis.__vitest_worker__.evaluatedModules.idToModuleMap.keys()]
          appendFileSync(process.env.LOADED_MODULES, modules.join('\\n') + '\\n')
        })`,
  })
  const [hooks, loaded] = [join(project.root, 'noting.mjs'), join(project.root, 'loaded.txt')]
  await writeFile(hooks, NOTING)
  const NODE_OPTIONS = `--import=${pathToFileURL(hooks).href}`
  const { code, output } = await project.run([], {
    env: { NODE_OPTIONS, LOADED_MODULES: loaded },
  })
  expect(code, output).toBe(0)
  const urls = (await readFile(loaded, 'utf8')).split('\n')
  const loadedOf = (path: string): readonly string[] =>
    urls.filter((url) => url.endsWith(`/dist/${path}`))
  // What the main process and that of the test have loaded was seen.
  expect(loadedOf('plugin.js')).not.toEqual([])
  expect(loadedOf('load/run-load.js')).not.toEqual([])
  const needless = (url: string): boolean => /\/dist\/cluster\/|\/node_modules\/@?redis\//.test(url)
  expect(urls.filter(needless)).toEqual([])
})
