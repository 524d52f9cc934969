import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planOf } from '../../../src/cli/init/plan.ts'
import { readProject } from '../../../src/cli/init/project.ts'
import { messageOf } from '../../support/message-of.ts'

type Files = Readonly<Record<string, string>>

interface Folder extends AsyncDisposable {
  readonly path: string
}

async function folderOf(files: Files): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'vitest-perf-init-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** `create vitest.config.ts: the plugin perf()`, a line for each step. */
async function plan(files: Files, below = ''): Promise<string> {
  await using folder = await folderOf({ 'package.json': '{ "type": "module" }', ...files })
  const project = readProject(join(folder.path, below), '1.2.3')
  const steps = planOf(project, { name: 'npm', lockFile: 'package-lock.json' })
  return steps.map(({ kind, path, about }) => `${kind} ${path}: ${about}`).join('\n')
}

const vitestOf = (version: string): Files => ({
  'node_modules/vitest/package.json': JSON.stringify({ name: 'vitest', version }),
})

describe('what there is to do', () => {
  test('in an empty project', async () => {
    expect(await plan({})).toMatchInlineSnapshot(`
      "create vitest.config.ts: the plugin perf()
      create tests/perf/first.perf.ts: one test that passes
      create .gitignore: .vitest/, where results are kept
      create .github/workflows/perf.yml: runs the perf tests of each pull request"
    `)
  })

  test('in a project of CommonJS the config is a module by its name', async () => {
    expect(await plan({ 'package.json': '{}' })).toContain('create vitest.config.mts: ')
  })

  test('in a project with a config, tests and a .gitignore', async () => {
    expect(
      await plan({
        'vitest.config.ts': 'export default {}\n',
        'vite.config.ts': 'export default {}\n',
        'test/a.test.ts': '',
        '.gitignore': 'node_modules',
      }),
    ).toMatchInlineSnapshot(`
      "change vitest.config.ts: the plugin perf()
      create test/perf/first.perf.ts: one test that passes
      change .gitignore: .vitest/, where results are kept
      create .github/workflows/perf.yml: runs the perf tests of each pull request"
    `)
  })

  test('where it has been done, and under names of its own', async () => {
    expect(
      await plan({
        'vite.config.ts': `import { perf } from 'vitest-perf/plugin'\n`,
        'load/chat.perf.ts': '',
        '.gitignore': '/.vitest\n',
        '.github/workflows/perf.yml': '',
      }),
    ).toMatchInlineSnapshot(`
      "keep vite.config.ts: has the plugin
      keep load/chat.perf.ts: a perf test
      keep .gitignore: has .vitest/
      keep .github/workflows/perf.yml: is there"
    `)
  })

  test('where a config cannot be read, and Vitest no longer reads the workspace', async () => {
    expect(
      await plan({
        'vitest.config.ts': `export { default } from './shared'\n`,
        'vitest.workspace.ts': 'export default []\n',
        '.gitlab-ci.yml': '',
      }),
    ).toMatchInlineSnapshot(`
      "by hand vitest.config.ts: add import { perf } from 'vitest-perf/plugin' and perf() to its plugins
      create tests/perf/first.perf.ts: one test that passes
      create .gitignore: .vitest/, where results are kept
      keep .gitlab-ci.yml: no workflow for GitHub: docs/ci.md of vitest-perf says what a job needs
      keep vitest.workspace.ts: Vitest 5 does not read it: list its projects in test.projects of the config"
    `)
  })

  test('in a package of a repository the workflow belongs to its root', async () => {
    const steps = await plan({ '.git/HEAD': '', 'packages/a/package.json': '{}' }, 'packages/a')
    expect(steps).toContain(
      'keep .github/workflows/perf.yml: belongs to the root of the repository: ',
    )
  })
})

test.each([
  ['.vitest', 'keep'],
  ['.vitest/', 'keep'],
  ['**/.vitest/', 'keep'],
  ['/.vitest/**', 'keep'],
  ['node_modules\r\n.vitest/\r\n', 'keep'],
  ['# .vitest/', 'change'],
  ['.vitest-other', 'change'],
  ['!.vitest/', 'change'],
])('a .gitignore of %j: %s', async (text, kind) => {
  expect(await plan({ '.gitignore': text })).toContain(`${kind} .gitignore: `)
})

test('what is missing is installed, in versions that go together', async () => {
  await using none = await folderOf({ 'package.json': '{}' })
  expect(readProject(none.path, '1.2.3').missing).toEqual(['vitest@^5', 'vitest-perf@^1.2.3'])
  await using some = await folderOf({ 'package.json': '{}', ...vitestOf('5.2.0') })
  expect(readProject(some.path, '1.2.3').missing).toEqual(['vitest-perf@^1.2.3'])
})

test.each([
  ['no project', {}, 'there is no package.json here: make one with npm init -y, or go where it is'],
  [
    'an older Vitest',
    { 'package.json': '{}', ...vitestOf('4.1.12') },
    'vitest-perf needs Vitest 5, and this project has 4.1.12: install vitest@5 first',
  ],
] as const)('%s is refused', async (_, files, message) => {
  await using folder = await folderOf(files)
  expect(messageOf(() => readProject(folder.path, '1.2.3'))).toBe(message)
})
