import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { UsageError } from '../../errors/usage-error.ts'
import { findPackage } from '../find-package.ts'

/** What a folder has that `init` has to know of. */
export interface Project {
  readonly folder: string
  readonly isModule: boolean
  /** `vitest.config.ts`, the one that Vitest reads; nothing when there is none. */
  readonly config: string | undefined
  /** A workspace file of older versions, which Vitest 5 does not read. */
  readonly workspaceFile: string | undefined
  /** The perf tests that are there already. */
  readonly perfTests: readonly string[]
  /** Where a first perf test goes. */
  readonly testFolder: string
  /** What is not installed here, as a package manager is told it. */
  readonly missing: readonly string[]
  /** The root of the repository, from this folder: `''` when it is this folder. */
  readonly toRoot: string
}

/** @throws UsageError when this is no npm project, or has a Vitest that is too old */
export function readProject(folder: string, ownVersion: string): Project {
  const manifest = readManifest(folder)
  const vitest = findPackage('vitest', folder)
  if (vitest !== undefined && Number.parseInt(vitest.version, 10) < 5) {
    const message = `vitest-perf needs Vitest 5, and this project has ${vitest.version}: install vitest@5 first`
    throw UsageError.saying('vitest', message, vitest.version)
  }
  const own = findPackage('vitest-perf', folder)
  return {
    folder,
    isModule: manifest.type === 'module',
    config: CONFIGS.find((name) => existsSync(join(folder, name))),
    workspaceFile: WORKSPACES.find((name) => existsSync(join(folder, name))),
    perfTests: findFiles(folder, PERF_TEST),
    testFolder: TEST_FOLDERS.find((name) => existsSync(join(folder, name))) ?? 'tests',
    missing: [
      ...(vitest === undefined ? ['vitest@^5'] : []),
      ...(own === undefined ? [`vitest-perf@^${ownVersion}`] : []),
    ],
    toRoot: relative(repositoryOf(folder), folder).replaceAll('\\', '/'),
  }
}

function readManifest(folder: string): { readonly type?: unknown } {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) {
    const message = 'there is no package.json here: make one with npm init -y, or go where it is'
    throw UsageError.saying('package.json', message)
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { readonly type?: unknown }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw UsageError.saying('package.json', `package.json is no JSON: ${why}`)
  }
}

const ENDINGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']

/** In the order in which Vitest looks for them. */
const CONFIGS = ['vitest.config', 'vite.config'].flatMap((name) =>
  ENDINGS.map((ending) => `${name}.${ending}`),
)
const WORKSPACES = ['vitest.workspace', 'vitest.projects'].flatMap((name) =>
  [...ENDINGS, 'json'].map((ending) => `${name}.${ending}`),
)
const TEST_FOLDERS = ['tests', 'test', '__tests__']

/** What the plugin takes for a perf test unless it is told otherwise. */
const PERF_TEST = /\.perf\.[cm]?[jt]sx?$/

function findFiles(folder: string, pattern: RegExp, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) {
      const skipped = entry.name === 'node_modules' || entry.name.startsWith('.')
      return skipped ? [] : findFiles(folder, pattern, path)
    }
    return pattern.test(entry.name) ? [path] : []
  })
}

/** The folder with `.git`; without one the folder itself. */
function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}
