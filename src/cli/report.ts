import { renderHtml } from '../report/html.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findRun, type KeptRun } from './runs.ts'
import { RUN } from './show.ts'
import { note, say, sayJson } from './terminal.ts'
import { besides, writeOutput } from './write-output.ts'

export const report = command({
  usage: 'report [run]',
  about: 'Writes the report of a run: one HTML file that needs no network.',
  args: {
    run: RUN,
    output: {
      type: 'string',
      valueHint: 'file',
      description: 'where to; beside the run unless it is said',
    },
    baseline: {
      type: 'string',
      valueHint: 'run',
      description: 'an older run whose shapes are outlined in the charts',
    },
    dir: SHARED.dir,
    json: { type: 'boolean', description: 'the path of the file as JSON' },
  },
  examples: [
    ['report', 'of the latest run'],
    ['report --output perf-report.html', 'for the artifacts of a CI job'],
    ['report latest --baseline latest~1', 'against the run before it'],
  ],
  run: async ({ args }) => {
    const kept = await findRun(args.run, args.dir)
    const before: string | undefined = args.baseline
    const baseline = before === undefined ? undefined : await findRun(before, args.dir)
    const html = renderHtml(kept.file, { baseline: baseline?.file })
    const output: string | undefined = args.output
    const path = await writeOutput(output ?? besides(kept.path, `${kept.name}.html`), html)
    if (args.json === true) sayJson({ run: kept.file.id, ending: kept.file.ending, report: path })
    else say(path)
    if (args.json !== true) tellPartial(kept)
    return EXIT.fine
  },
})

/** Whoever sends a report on ought to know. */
function tellPartial({ file: { ending } }: KeptRun): void {
  if (ending === 'partial') note('! the run has no end: it still runs, or was killed')
  if (ending === 'interrupted') note('! the run was interrupted: figures are of what ran')
}
