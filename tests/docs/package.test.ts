import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesOf, ROOT } from './pages.ts'
import { run, TSCONFIG, withFreePort, type Ended } from './project.ts'

test("the README's first example works as pasted in an empty project, types included", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-readme-'))
  try {
    expect(await install(folder)).toMatchObject(DONE)
    const files = await withFreePort(filesOf('README.md'))
    for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)

    const vitest = await run('npx', ['vitest', 'run'], folder)
    expect(vitest).toEqual({ code: 0, output: expect.stringContaining('2 passed (2)') })
    expect(vitest.output).toContain('run file  .vitest/perf/')

    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    expect(await run('npx', ['tsc'], folder)).toMatchObject(DONE)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}, 180_000)

const DONE = { code: 0 }

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
