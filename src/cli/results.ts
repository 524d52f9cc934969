import { outlineOf, type RunOutline } from '../report/run-outline.ts'
import { renderRunList } from '../report/run-list.ts'
import { listRuns, type RunEntry } from '../run-file/list-runs.ts'
import { readRunFile } from '../run-file/read-run-file.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { resultsFolder } from './runs.ts'
import { note, outputOf, say, sayJson } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

export const results = command({
  usage: 'results',
  about: 'Lists the runs that are kept, the latest first.',
  args: {
    limit: { type: 'string', valueHint: 'n', description: 'at most so many (10)' },
    dir: SHARED.dir,
    json: SHARED.json,
  },
  examples: [
    ['results', 'the last ten'],
    ['results --limit 100 --json', 'more of them, for a program'],
  ],
  run: async ({ args }) => {
    const limit: string | undefined = args.limit
    const most = limit === undefined ? 10 : wholeNumber('--limit', limit)
    const all = await listRuns(resultsFolder(args.dir))
    const outlines = await outlinesOf(all.slice(0, most))
    if (args.json === true) sayJson(outlines)
    else if (all.length === 0) say('No run yet: vitest-perf run makes one.')
    else {
      if (outlines.length > 0) say(renderRunList(outlines, outputOf(process.stdout)))
      if (all.length > most) note(`   ${all.length - most} older: --limit ${all.length} shows them`)
    }
    return EXIT.fine
  },
})

/** One that cannot be read is told of and left out: the others can. */
async function outlinesOf(entries: readonly RunEntry[]): Promise<RunOutline[]> {
  const outlines: RunOutline[] = []
  for (const { path } of entries) {
    try {
      outlines.push(outlineOf(await readRunFile(path)))
    } catch (error) {
      note(`! ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return outlines
}
