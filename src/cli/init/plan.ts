import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasPlugin, withPlugin } from './edit-config.ts'
import type { Project } from './project.ts'
import { CONFIG, FIRST_TEST, workflow } from './templates.ts'

/** One thing that `init` does, or leaves. */
export interface Step {
  /** `by hand`: it is for the user to do. */
  readonly kind: 'create' | 'change' | 'keep' | 'by hand'
  /** From the folder of the project. */
  readonly path: string
  readonly about: string
  /** All that the file will hold. */
  readonly text?: string
  /** What it holds now, when it is changed. */
  readonly before?: string
}

interface UsedManager {
  readonly name: string
  readonly version?: string
  readonly lockFile?: string | string[]
}

/** What there is to do, in the order in which it is done; it reads files and changes none. */
export function planOf(project: Project, packageManager: UsedManager): Step[] {
  return [
    configStep(project),
    testStep(project),
    ignoreStep(project),
    workflowStep(project, packageManager),
    ...workspaceNote(project),
  ]
}

function configStep({ folder, config, isModule }: Project): Step {
  const about = 'the plugin perf()'
  if (config === undefined) {
    const path = isModule ? 'vitest.config.ts' : 'vitest.config.mts'
    return { kind: 'create', path, about, text: CONFIG }
  }
  const before = readFileSync(join(folder, config), 'utf8')
  if (hasPlugin(before)) return { kind: 'keep', path: config, about: 'has the plugin' }
  const text = withPlugin(before)
  if (text !== undefined) return { kind: 'change', path: config, about, text, before }
  const todo = "add import { perf } from 'vitest-perf/plugin' and perf() to its plugins"
  return { kind: 'by hand', path: config, about: todo }
}

function testStep({ perfTests, testFolder }: Project): Step {
  const [first] = perfTests
  if (first !== undefined) return { kind: 'keep', path: first, about: 'a perf test' }
  const path = `${testFolder}/perf/first.perf.ts`
  return { kind: 'create', path, about: 'one test that passes', text: FIRST_TEST }
}

function ignoreStep({ folder }: Project): Step {
  const path = '.gitignore'
  const about = '.vitest/, where results are kept'
  if (!existsSync(join(folder, path))) return { kind: 'create', path, about, text: '.vitest/\n' }
  const before = readFileSync(join(folder, path), 'utf8')
  if (IGNORED.test(before)) return { kind: 'keep', path, about: 'has .vitest/' }
  const end = before === '' || before.endsWith('\n') ? '' : '\n'
  return { kind: 'change', path, about, text: `${before}${end}.vitest/\n`, before }
}

const IGNORED = /^(?:\*\*)?\/?\.vitest(?:\/(?:\*\*?|perf\/?)?)?\s*$/m

function workflowStep(
  { folder, toRoot }: Project,
  { name, version, lockFile = [] }: UsedManager,
): Step {
  const path = '.github/workflows/perf.yml'
  if (existsSync(join(folder, path))) return { kind: 'keep', path, about: 'is there' }
  const other = OTHER_CI.find((each) => existsSync(join(folder, each)))
  const recipe = 'docs/ci.md of vitest-perf says what a job needs'
  if (other !== undefined && !existsSync(join(folder, '.github'))) {
    return { kind: 'keep', path: other, about: `no workflow for GitHub: ${recipe}` }
  }
  if (toRoot !== '') {
    return { kind: 'keep', path, about: `belongs to the root of the repository: ${recipe}` }
  }
  const hasLockFile = [lockFile].flat().some((each) => existsSync(join(folder, each)))
  return {
    kind: 'create',
    path,
    about: 'runs the perf tests of each pull request',
    text: workflow({ name, version }, hasLockFile),
  }
}

const OTHER_CI = [
  '.gitlab-ci.yml',
  '.circleci',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'Jenkinsfile',
]

/** Vitest 5 has projects in its configuration, and does not read the file of older versions. */
const workspaceNote = ({ workspaceFile }: Project): Step[] =>
  workspaceFile === undefined
    ? []
    : [
        {
          kind: 'keep',
          path: workspaceFile,
          about: 'Vitest 5 does not read it: list its projects in test.projects of the config',
        },
      ]
