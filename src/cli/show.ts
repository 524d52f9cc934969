import { relative } from 'node:path'
import { formatMs } from '../units/format.ts'
import { outlineOf } from '../report/run-outline.ts'
import { dim, renderLine } from '../report/styled-line.ts'
import { renderTerminal } from '../report/terminal.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findRun, type KeptRun } from './runs.ts'
import { outputOf, say, sayJson } from './terminal.ts'

/** The run that a command is about. */
export const RUN = {
  type: 'positional',
  required: false,
  description:
    'its name or how that begins or ends, latest~1, or the path of a file; else the latest',
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
    else say(shown(kept))
    return EXIT.fine
  },
})

function shown({ file, path }: KeptRun): string {
  const terminal = outputOf(process.stdout)
  const { took, revision } = outlineOf(file)
  const { machine, versions } = file
  const facts = [
    ...(took === undefined ? [] : [`took ${formatMs(took)}`]),
    ...(revision === undefined ? [] : [revision]),
    `${machine.platform} ${machine.arch}, ${machine.cpus} CPUs`,
    `Node ${versions.node}`,
  ]
  const head = renderLine([` ${file.id}  `, dim(facts.join(' · '))], terminal)
  return `${head}\n${renderTerminal(file, { ...terminal, path: relative('', path) })}`
}
