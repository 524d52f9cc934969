import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesOf, ROOT } from './pages.ts'
import { run, TSCONFIG, withFreePort, type Ended } from './project.ts'

const DONE = { code: 0 }

describe('the package as it is packed and installed', { timeout: 180_000 }, () => {
  const home = { path: '' }

  beforeAll(async () => {
    home.path = await mkdtemp(join(tmpdir(), 'vitest-perf-package-'))
    await mkdir(join(home.path, 'readme'))
    expect(await install(join(home.path, 'readme'))).toMatchObject(DONE)
  }, 180_000)

  afterAll(() => rm(home.path, { recursive: true, force: true, maxRetries: 3 }))

  /** A project with what the first one has installed: installing takes longest. */
  async function project(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const [installed, folder] = [join(home.path, 'readme'), join(home.path, name)]
    await mkdir(folder)
    await cp(join(installed, 'package.json'), join(folder, 'package.json'))
    await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction')
    await writeAll(folder, files)
    return folder
  }

  test("the README's first example works as pasted in an empty project, types included", async () => {
    const folder = join(home.path, 'readme')
    await writeAll(folder, await withFreePort(filesOf('README.md')))
    const vitest = await run('npx', ['vitest', 'run'], folder)
    expect(vitest).toEqual({ code: 0, output: expect.stringContaining('2 passed (2)') })
    expect(vitest.output).toContain('run file  .vitest/perf/')
    expect(vitest.output).toMatch(/^ report {4}\.vitest\/perf\/.*html$/m)
    await expectTypes(folder)
  })

  test('init --yes sets an empty project up, whose tests then pass, types included', async () => {
    const folder = await project('empty', {})
    const init = await run('npx', ['vitest-perf', 'init', '--yes'], folder)
    expect(init, init.output).toMatchObject(DONE)
    const vitest = await run('npx', ['vitest'], folder)
    expect(vitest).toEqual({ code: 0, output: expect.stringContaining('1 passed (1)') })
    expect(vitest.output).toContain(' PERF  ✓ 2 of 2  first.perf.ts › 10 users are answered')
    await expectTypes(folder)
    const again = await run('npx', ['vitest-perf', 'init', '--yes'], folder)
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('nothing to do') })
    const report = await run('npx', ['vitest-perf', 'report', '--output', 'r.html'], folder)
    expect(report, report.output).toMatchObject(DONE)
  })

  test('init --yes adds the perf tests to a workspace, whose own tests run as before', async () => {
    const folder = await project('workspace', WORKSPACE)
    const init = await run('npx', ['vitest-perf', 'init', '--yes'], folder)
    expect(init, init.output).toMatchObject(DONE)
    expect(await readFile(join(folder, 'vitest.config.ts'), 'utf8')).toBe(
      WORKSPACE['vitest.config.ts']
        .replace('config"\n', 'config"\nimport { perf } from "vitest-perf/plugin"\n')
        .replace('test: {', 'plugins: [perf()],\n  test: {'),
    )
    const vitest = await run('npx', ['vitest'], folder)
    expect(vitest).toEqual({ code: 0, output: expect.stringContaining('3 passed (3)') })
    for (const name of ['a', 'unit', 'perf']) expect(vitest.output).toContain(` ✓ |${name}| `)
  })
})

const SUM = `import { expect, test } from 'vitest'\n\ntest('sum', () => expect(1 + 1).toBe(2))\n`

/** A suite as it was before: a project of its own and one in the config. */
const WORKSPACE = {
  'vitest.config.ts': `import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: ["packages/*", { extends: true, test: { name: "unit", include: ["src/*.test.ts"] } }],
  },
})
`,
  'packages/a/package.json': '{ "name": "a", "type": "module" }\n',
  'packages/a/vitest.config.ts': `import { defineProject } from "vitest/config"\n\nexport default defineProject({ test: { name: "a" } })\n`,
  'packages/a/a.test.ts': SUM,
  'src/sum.test.ts': SUM,
} as const

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

async function expectTypes(folder: string): Promise<void> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
  expect(await run('npx', ['tsc'], folder)).toMatchObject(DONE)
}

/** Packs the package and installs it with npm, as a user does. */
async function install(folder: string): Promise<Ended> {
  // `dist` is there: building it anew would pull it from under the tests that run beside this one.
  const pack = ['pack', '--ignore-scripts', '--pack-destination', folder]
  const packed = await run('npm', pack, ROOT)
  if (packed.code !== 0) return packed
  const [tarball] = /[\w.-]+\.tgz/.exec(packed.output) ?? []
  const packages = await versionsOf('vitest', 'typescript', '@types/node')
  const flags = ['--save-dev', '--prefer-offline', '--no-audit', '--no-fund']
  return run('npm', ['install', ...flags, `./${tarball}`, ...packages], folder)
}

/** The versions that this repository is tested with, so that the registry decides nothing here. */
async function versionsOf(...names: string[]): Promise<string[]> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8')
  const { devDependencies } = JSON.parse(text) as PackageJson
  return names.map((name) => `${name}@${devDependencies[name]}`)
}

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>
}
