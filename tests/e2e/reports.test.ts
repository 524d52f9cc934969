import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, profile, test } from 'vitest-perf'
test('passes', async ({ load }) => {
  const run = await load(profile('tiny'), ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})
`

async function suite(name: string, report = ''): Promise<VitestProject> {
  const { options } = await withService()
  const tiny = 'profiles: { tiny: { users: 1, iterations: 2 } }'
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${tiny}, ${report} ${options}`),
    'service.mjs': SERVICE,
    'suite.perf.ts': SUITE,
  })
}

const filesIn = async (root: string, folder: string): Promise<readonly string[]> =>
  (await readdir(join(root, folder))).toSorted()

describe('the report of a run', { timeout: 120_000 }, () => {
  test('is beside the run file, and the summary says where', async () => {
    await using project = await suite('reports-default')
    const { code, output } = await project.run()
    expect(code, output).toBe(0)
    const [file] = await project.runFiles()
    const path = `.vitest/perf/${file?.id}.html`
    expect(await project.read(path)).toMatch(/^<!doctype html>/)
    expect(output).toMatch(new RegExp(`^ report {4}.*${path}$`, 'm'))
  })

  test('has the name that the options give it, or none', async () => {
    await using project = await suite('reports-named', "report: { html: 'out/{profile}.html' },")
    const named = await project.run()
    expect(named.output).toMatch(/^ report {4}.*out\/tiny\.html$/m)
    expect(await filesIn(project.root, 'out')).toEqual(['tiny.html'])
    const none = await project.run([], { env: { PERF_REPORT: 'false' } })
    expect(none.code, none.output).toBe(0)
    expect(none.output).not.toMatch(/^ report/m)
    expect(await filesIn(project.root, '.vitest/perf')).toHaveLength(2)
  })

  test('says why there is none, and spoils no test', async () => {
    await using project = await suite(
      'reports-unwritable',
      "report: { html: 'service.mjs/a.html' },",
    )
    const { code, output } = await project.run()
    expect(code, output).toBe(0)
    expect(output).toMatch(/^ ! the report was not written: E\w+: /m)
    expect(output).toMatch(/^ run file/m)
  })
})
