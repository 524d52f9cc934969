import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { detectPackageManager } from 'nypm'
import { agreed } from './agreed.ts'
import { command } from './command.ts'
import { EXIT } from './exit.ts'
import { installOf } from './init/install.ts'
import { planOf, type Step } from './init/plan.ts'
import { readProject } from './init/project.ts'
import { showPlan } from './init/show-plan.ts'
import { ownVersion } from './own-version.ts'
import { outputOf, say, sayJson } from './terminal.ts'

export const init = command({
  usage: 'init',
  about:
    'Sets this project up for perf tests: the plugin in the Vitest config, one test that passes, a line in .gitignore, a workflow for GitHub.',
  more: 'It shows what it would do, and asks. What is there is never overwritten; a second time there is nothing left to do.',
  args: {
    yes: { type: 'boolean', description: 'do not ask' },
    json: { type: 'boolean', description: 'the plan as JSON; nothing is done without --yes' },
  },
  examples: [
    ['init', 'show, ask, and do'],
    ['init --yes', 'in a script'],
  ],
  run: async ({ args: { yes = false, json = false } }) => {
    const folder = process.cwd()
    const project = readProject(folder, ownVersion())
    const packageManager = (await detectPackageManager(folder, { ignoreArgv: true })) ?? NPM
    const steps = planOf(project, packageManager)
    const install = await installOf(project.missing, folder, packageManager)
    const files = steps.filter(({ kind }) => kind === 'create' || kind === 'change')
    const todo = files.length > 0 || install !== undefined
    if (!json) say(`\n${showPlan(steps, install?.line, outputOf(process.stdout))}\n`)
    const go = todo && (yes || (!json && (await agreed('Go ahead?'))))
    if (go) {
      await install?.run(json)
      for (const step of files) await write(folder, step)
    }
    const byHand = steps.some(({ kind }) => kind === 'by hand')
    if (json) sayJson(toJson(packageManager.name, install?.line, steps, go))
    else say(lastWords({ todo, go, byHand }))
    return byHand && (go || !todo) ? EXIT.unusable : EXIT.fine
  },
})

const NPM = { name: 'npm', command: 'npm', lockFile: 'package-lock.json' } as const

/** Never over a file that came in the meantime. */
async function write(folder: string, { path, text = '', kind }: Step): Promise<void> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { flag: kind === 'create' ? 'wx' : 'w' })
}

const toJson = (
  packageManager: string,
  install: string | undefined,
  steps: readonly Step[],
  done: boolean,
): object => ({
  packageManager,
  install,
  steps: steps.map(({ kind, path, about }) => ({ kind, path, about })),
  done,
})

interface Outcome {
  readonly todo: boolean
  readonly go: boolean
  readonly byHand: boolean
}

function lastWords({ todo, go, byHand }: Outcome): string {
  if (byHand && (go || !todo)) return 'The file with ! is for you to edit; then: npx vitest run'
  if (!todo) return 'All of it is there: nothing to do.'
  return go ? DONE : 'Nothing was changed.'
}

const DONE = `Done. Now:
  npx vitest run        all tests, the perf tests last
  npx vitest-perf run   the perf tests only`
