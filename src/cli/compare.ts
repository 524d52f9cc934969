import { extname } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { comparisonToMarkdown } from '../report/compare/compare-markdown.ts'
import { compareRuns } from '../report/compare/compare-runs.ts'
import { comparisonToTerminal } from '../report/compare/compare-terminal.ts'
import type { ChangeVerdict, Comparison } from '../report/compare/comparison.ts'
import { toRatio } from '../units/parse.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findRun, type KeptRun } from './runs.ts'
import { outputOf, say, sayJson } from './terminal.ts'
import { writeOutput } from './write-output.ts'

export const compare = command({
  usage: 'compare [a] [b…]',
  about: 'Compares two runs or more: the last is judged against the first.',
  more: 'Without names it takes the two latest, with one that run and the latest. A change counts when it is larger than the noise that both runs found in themselves. 1 is a regression, 2 runs that say nothing of each other.',
  many: true,
  args: {
    run: {
      type: 'positional',
      required: false,
      description:
        'runs, the oldest first: names, how they begin or end, latest~1, branches, paths',
    },
    least: {
      type: 'string',
      valueHint: 'share',
      description: 'a smaller change of a time is of no interest (5%)',
    },
    anyway: { type: 'boolean', description: 'judge although machine or load differ' },
    output: {
      type: 'string',
      valueHint: 'file',
      description: 'write it to a file: .html, .md, .json or .txt',
    },
    dir: SHARED.dir,
    json: SHARED.json,
  },
  examples: [
    ['compare', 'the latest run with the one before it'],
    ['compare main', 'with the latest of a branch'],
    ['compare main.json latest --output perf.html', 'with one of another branch, as a page'],
  ],
  run: async ({ args }) => {
    const [first = 'latest~1', ...others] = args._
    const names = others.length > 0 ? [first, ...others] : [first, 'latest']
    const kept: KeptRun[] = []
    for (const name of names) kept.push(await findRun(name, args.dir))
    const [base, head] = [kept[0]?.file.id, kept.at(-1)?.file.id]
    if (base === head) {
      throw UsageError.saying('compare', `${base} cannot be compared with itself: name another run`)
    }
    const share: string | undefined = args.least
    const least = share === undefined ? undefined : toRatio(share, '--least')
    const output: string | undefined = args.output
    const render = output === undefined ? undefined : writerOf(output)
    const comparison = compareRuns(
      kept.map(({ file }) => file),
      { ...(least !== undefined && { least }), anyway: args.anyway === true },
    )
    if (args.json === true) sayJson(comparison)
    else say(comparisonToTerminal(comparison, outputOf(process.stdout)))
    if (output !== undefined && render !== undefined)
      await writeOutput(output, await render(comparison))
    return CODES[comparison.verdict]
  },
})

const CODES: Readonly<Record<ChangeVerdict, number>> = {
  better: EXIT.fine,
  'within noise': EXIT.fine,
  worse: EXIT.failed,
  'not comparable': EXIT.unusable,
}

type Render = (comparison: Comparison) => string | Promise<string>

const WRITERS: Readonly<Record<string, Render>> = {
  '.html': async (comparison) =>
    (await import('../report/compare/comparison-page.ts')).comparisonToHtml(comparison),
  '.md': comparisonToMarkdown,
  '.json': (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  '.txt': (comparison) => `${comparisonToTerminal(comparison, { columns: 80, colors: false })}\n`,
}

/** By the ending of the name. @throws UsageError for one that says nothing */
function writerOf(path: string): Render {
  const render = WRITERS[extname(path).toLowerCase()]
  if (render !== undefined) return render
  throw new UsageError('--output', `a file that ends in ${Object.keys(WRITERS).join(', ')}`, path)
}
