import { existsSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { formatMs } from '../units/format.ts'
import { outlineOf } from '../report/run-outline.ts'
import { dim, renderLine } from '../report/styled-line.ts'
import { renderTerminal } from '../report/terminal.ts'
import { listRuns } from '../run-file/list-runs.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findRun, type KeptRun } from './runs.ts'
import { outputOf, say, sayJson } from './terminal.ts'
import { besides } from './write-output.ts'

/** The run that a command is about. */
export const RUN = {
  type: 'positional',
  required: false,
  description: 'its name or how that begins or ends, latest~1, a branch, a path; else the latest',
} as const

export const show = command({
  usage: 'show [run]',
  about: 'Shows the summary of a run: its limits, endpoints, service and errors.',
  args: {
    run: RUN,
    dir: SHARED.dir,
    json: { type: 'boolean', description: 'the whole run file' },
  },
  examples: [
    ['show', 'the latest run'],
    ['show latest~1', 'the one before'],
    ['show 2026-11-21T14', 'the one that began at that hour'],
    ['show ksfs', 'the one whose name ends like this'],
  ],
  run: async ({ args }) => {
    const kept = await findRun(args.run, args.dir)
    if (args.json === true) sayJson(kept.file)
    else say(await shown(kept))
    return EXIT.fine
  },
})

async function shown({ file, path, name }: KeptRun): Promise<string> {
  const terminal = outputOf(process.stdout)
  const { took, revision } = outlineOf(file)
  const { machine } = file
  const facts = [
    ...(took === undefined ? [] : [`took ${formatMs(took)}`]),
    ...(revision === undefined ? [] : [revision]),
    `${machine.platform} ${machine.arch}, ${machine.cpus} CPUs`,
  ]
  const head = renderLine([` ${file.id}  `, dim(facts.join(' · '))], terminal)
  const report = besides(path, `${name}.html`)
  const where = {
    path: relative('', path),
    ...(existsSync(report) && { report: relative('', report) }),
    before: await runBefore(path),
  }
  return `${head}\n${renderTerminal(file, { ...terminal, ...where })}`
}

/** Of the latest run the one before it, which `compare` takes it with; nothing of an older one. */
async function runBefore(path: string): Promise<string | undefined> {
  const [latest, ...older] = await listRuns(dirname(path))
  return latest?.path === path ? older.find(({ partial }) => !partial)?.id : undefined
}
