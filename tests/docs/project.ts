import { execFile } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { freePort } from '../support/service-processes.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'
import { ROOT } from './pages.ts'

/** How a program ended, and all that it wrote. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** The files of a page with free ports in place of the two that pages speak of. */
export async function withFreePort(
  files: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, string>>> {
  const [port, second] = [String(await freePort()), String(await freePort())]
  const moved = [...files].map(([path, text]) => [
    path,
    text.replaceAll(/\b8080\b/g, port).replaceAll(/\b8081\b/g, second),
  ])
  return Object.fromEntries(moved)
}

/** The service that the pages speak to; `npm start` starts it. */
const SERVICE = join(ROOT, 'examples/bamboo/service/main.ts')
const PACKAGE = { type: 'module', scripts: { start: `node ${JSON.stringify(SERVICE)}` } }

/** As strict as a user may be: the types of packages are checked too. */
export const TSCONFIG = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'ESNext.Disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
  },
}

/** A page's files as a project that sees the packages of the repository, and this one by its name. */
export async function pageProject(
  page: string,
  files: ReadonlyMap<string, string>,
): Promise<VitestProject> {
  const name = page
    .replace(/^docs\//, '')
    .replace(/\.md$/, '')
    .toLowerCase()
  const project = await vitestProject(`docs-${name}`, {
    'package.json': JSON.stringify(PACKAGE),
    'tsconfig.json': JSON.stringify(TSCONFIG),
    'node_modules/.keep': '',
    ...(await withFreePort(files)),
  })
  await symlink(ROOT, join(project.root, 'node_modules/vitest-perf'), 'junction')
  return project
}

/** Checks the types of a project. */
export const typeCheck = (cwd: string): Promise<Ended> =>
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--project', '.'], cwd)

/** Runs a program to its end, with the Node that runs this test first on the path. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: environment() }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, output: stdout + stderr })
    })
  })
}

/** Without what this run of Vitest says of itself, and without what would change the next one. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^(?:VITEST|PERF_|NODE_ENV$|FORCE_COLOR$|GITHUB_STEP_SUMMARY$)/
  const outer = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  return { ...Object.fromEntries(outer), NO_COLOR: '1', PATH }
}
