import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fencesOf, filesOf, PAGES, ROOT } from './pages.ts'
import { pageProject, run, typeCheck } from './project.ts'

const isSuite = (path: string): boolean => path.endsWith('.perf.ts')
const isScript = (path: string): boolean => path.startsWith('scripts/')
const isConfig = (path: string): boolean => /vitest\.config\.m?ts$/.test(path)

/** How many tests the suites of a page have. */
function testsIn(files: ReadonlyMap<string, string>): number {
  const suites = [...files].filter(([path]) => isSuite(path)).map(([, text]) => text)
  return suites.reduce((sum, text) => sum + [...text.matchAll(/^\s*\w*test\(/gim)].length, 0)
}

const WITH_FILES = PAGES.filter((page) => filesOf(page).size > 0)

describe.each(WITH_FILES)('%s', { timeout: 60_000 }, (page) => {
  test('does what it says, and has the types that it says', async () => {
    const files = filesOf(page)
    await using project = await pageProject(page, files)
    const types = typeCheck(project.root)
    const configs = [...files.keys()].filter(isConfig).map((path) => importing(project.root, path))
    const suite = await project.run(REPORTERS)
    expect(await Promise.all([types, ...configs])).toEqual([types, ...configs].map(() => QUIET))
    const tests = testsIn(files)
    expect(suite).toMatchObject({ code: 0, output: expect.stringContaining(`${tests} passed`) })
    const report: unknown = JSON.parse(await project.read('report.json'))
    expect(report).toMatchObject({ numPassedTests: tests, numTotalTests: tests })
    expectOutput(page, suite.output)
    // What a page does with the results needs some.
    for (const path of [...files.keys()].filter(isScript)) {
      expect(await run(process.execPath, [path], project.root)).toEqual(QUIET)
    }
  })
})

/** A program that had nothing to complain of. */
const QUIET = { code: 0, output: '' }
const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json']

/** A config is checked when it is loaded, whether it is the one of the page's suites or not. */
const importing = (root: string, path: string): ReturnType<typeof run> =>
  run(process.execPath, ['--input-type=module', '--eval', `await import('./${path}')`], root)

/** What a page shows of the output was printed, figures aside. */
function expectOutput(page: string, output: string): void {
  const shown = fencesOf(page).filter(({ title }) => title === 'output')
  const lines = shown.flatMap(({ text }) => text.split('\n').map(words))
  expect(output.split('\n').map(words)).toEqual(expect.arrayContaining(lines))
}

/** A line up to its first figure; units and the rest change from run to run. */
const words = (line: string): string =>
  line
    .replace(/[\d+-].*/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Messages are shown as the test of their wording has them. */
const MESSAGES = PAGES.flatMap(fencesOf).filter(
  ({ language, title }) => language === 'text' && title?.startsWith('tests/') === true,
)

test.each(MESSAGES)(
  'the message at $place is the one that $title expects',
  async ({ title = '', text }) => {
    const expected = await readFile(join(ROOT, title), 'utf8')
    expect(unindented(expected)).toContain(unindented(text))
  },
)

const unindented = (text: string): string => text.trim().replaceAll(/^ +/gm, '')
