import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { checkFlags } from '../../src/cli/flags.ts'
import { workflow } from '../../src/cli/init/templates.ts'
import { CLI_RUNS } from '../support/cli-runs.ts'
import { cliFolder, type CliFolder } from '../support/cli.ts'
import { fencesOf, PAGES, ROOT } from './pages.ts'
import { run } from './project.ts'

const FENCES = PAGES.flatMap(fencesOf)

const LINES = FENCES.filter(({ language }) => /^(?:bash|yaml)$/.test(language)).flatMap(
  ({ text, place }) =>
    [...text.matchAll(/npx vitest-perf (.+)/g)].map(([, line = '']) => ({ place, line })),
)

test.each(LINES)('$place: vitest-perf takes $line', async ({ line }) => {
  const [name = '', ...args] = line.replace(/ *[#>].*/, '').match(/'[^']*'|\S+/g) ?? []
  const command = await COMMANDS[name]?.load()
  expect(command).toBeDefined()
  if (command !== undefined) checkFlags(args, command)
})

test('the workflow of docs/ci.md is the one that init writes', () => {
  const shown = FENCES.find(({ title }) => title === '.github/workflows/perf.yml')
  expect(shown?.text).toBe(workflow({ name: 'npm' }, true))
})

const SHOWN = FENCES.filter(({ title }) => title?.startsWith('$ ') === true)

describe('what a page shows of the command line is printed', { timeout: 60_000 }, () => {
  test.each(SHOWN)('$place: $title', async ({ title = '', text, place }) => {
    const [, program, ...args] = title.split(' ')
    await using folder = await projectFor(args[0], place.replace(/:.*/, ''))
    const script = program === 'node' ? [] : [CLI]
    const { output } = await run(process.execPath, [...script, ...args], folder.root)
    const printed = output.split('\n').map(words)
    for (const line of text.trimEnd().split('\n')) {
      expect(printed, output).toContain(words(line))
    }
  })
})

/** A line without its figures, of which the smallest change of a method moves the last digit. */
const words = (line: string): string =>
  line.replaceAll(/[\d.,]+|[▁-█]+/g, '#').replaceAll(/ +/g, ' ')

const CLI = join(ROOT, 'dist/cli.js')

/** A project with two runs, or a new one to be set up, and the programs that the page shows. */
async function projectFor(command: string | undefined, page: string): Promise<CliFolder> {
  const folder = await cliFolder(command === 'init' ? [] : CLI_RUNS)
  await folder.write('package.json', '{}')
  await mkdir(join(folder.root, 'node_modules'))
  for (const [name, path] of Object.entries(PACKAGES)) {
    await symlink(path, join(folder.root, 'node_modules', name), 'junction')
  }
  for (const { language, title, text } of fencesOf(page)) {
    if (language === 'javascript' && title !== undefined) await folder.write(title, text)
  }
  return folder
}

const PACKAGES = { 'vitest-perf': ROOT, vitest: join(ROOT, 'node_modules/vitest') } as const
