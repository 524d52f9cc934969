import type { RunData } from '../load/load-run.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import { fromRunRecord, type RunRecord } from '../run-file/run-record.ts'
import { fitEnd } from './display-width.ts'
import { cleanText } from './clean-text.ts'
import { factsOf } from './run-facts.ts'
import {
  bold,
  dim,
  red,
  renderLine,
  widthOf,
  yellow,
  type Line,
  type Span,
  type Terminal,
} from './styled-line.ts'
import { runLines } from './terminal-run.ts'
import { abLines, capacityBlock } from './terminal-searches.ts'
import { verdictLines } from './terminal-verdicts.ts'
import { rerunLines } from './rerun.ts'
import { whyLines } from './terminal-why.ts'
import { errorsOf, hasFigures, countsOf, resultOf, shortTitleOf } from './test-entries.ts'

export interface TerminalOptions extends Terminal {
  /** Where the run file is, for the last line. */
  readonly path?: string | undefined
  /** Why there is no run file, or no report. */
  readonly warnings?: readonly string[] | undefined
  /** Where the report of the run is. */
  readonly report?: string | undefined
  /** The run before this one, to compare it with. */
  readonly before?: string | undefined
  /** What passed is a line: for readers that pay for each. */
  readonly brief?: boolean | undefined
}

/** The end summary: a block for each test with figures, the failed ones last, and where the file is. */
export function renderTerminal(file: RunFile, options: TerminalOptions): string {
  const { columns, brief = false } = options
  const tests = file.tests.filter(hasFigures).toSorted((left, right) => rank(left) - rank(right))
  const blocks = tests.map((test) => testLines(test, columns, brief && test.state === 'passed'))
  const end = endLines(file, options)
  const lines = [...blocks, ...(end.length > 0 ? [end] : [])].flatMap((block) => [[], ...block])
  return lines.map((line) => renderLine(line, options)).join('\n')
}

/** What failed stands last: nearest to the prompt. */
const rank = ({ state }: TestEntry): number => (state === 'failed' ? 1 : 0)

function testLines(test: TestEntry, columns: number, brief: boolean): Line[] {
  const runs = test.record.runs.map(fromRunRecord)
  const [only] = runs
  const head = headLines(
    test,
    runs.length === 1 && only !== undefined ? factsOf(only) : '',
    columns,
  )
  if (brief) return head
  const said = errorsOf(test).slice(0, 3)
  return [
    ...head,
    ...said.map((error): Line => ['   ', red('✗'), ` ${error}`]),
    ...verdictLines(test.record.verdicts, columns),
    ...whyLines(test, columns),
    ...runs.flatMap((run, at) => [
      ...numbered(run, at, runs.length),
      ...runLines(run, test.record.runs[at] as RunRecord, { columns, said }),
    ]),
    ...(test.record.comparisons ?? []).flatMap((ab) => abLines(ab, columns)),
    ...(test.record.capacities ?? []).flatMap((each) => capacityBlock(each, columns)),
    ...rerun(test, columns),
  ]
}

/** The command for the one that failed: what passed need not be run again. */
const rerun = (test: TestEntry, columns: number): Line[] =>
  test.state === 'failed'
    ? rerunLines(test, columns - RERUN.length).map((line, at): Line => [
        dim(at === 0 ? RERUN : ' '.repeat(RERUN.length)),
        line,
      ])
    : []

const RERUN = '   re-run    '

/** On one line when there is room for all of it; a title is cut, the facts are not. */
function headLines(test: TestEntry, facts: string, columns: number): Line[] {
  const result = resultOf(test)
  const badge = [...badgeOf(test), ` ${result}  `]
  const title = shortTitleOf(test, columns - widthOf(badge))
  const line = [...badge, bold(title)]
  if (facts === '') return [line]
  const full = [...line, '   ', dim(facts)]
  return widthOf(full) <= columns ? [full] : [line, ['   ', dim(facts)]]
}

function badgeOf({ state }: TestEntry): readonly (Span | string)[] {
  switch (state) {
    case 'failed':
      return [{ text: ' PERF ', style: ['bold', 'white', 'bgRed'] }, ' ', red('✗')]
    case 'passed':
      return [
        { text: ' PERF ', style: ['bold', 'black', 'bgGreen'] },
        ' ',
        { text: '✓', style: 'green' },
      ]
    case 'skipped':
    case 'running':
      return [{ text: ' PERF ', style: ['bold', 'black', 'bgYellow'] }, ' ', yellow('!')]
    default:
      return state satisfies never
  }
}

const numbered = (run: RunData, at: number, of: number): Line[] =>
  of === 1 ? [] : [['   ', bold(`load ${at + 1} of ${of}`), '  ', dim(factsOf(run))]]

function endLines(
  file: RunFile,
  { columns, path, warnings = [], report, before }: TerminalOptions,
): Line[] {
  const unfinished = file.ending !== 'complete'
  return [
    ...countsOf(file).map((text): Line => [` ${text}`]),
    ...(unfinished
      ? [
          [
            ' ',
            yellow(
              `! ${file.ending === 'partial' ? 'partial, it never came to its end' : 'interrupted'}: figures are of what ran`,
            ),
          ],
        ]
      : []),
    ...warnings.map((warning): Line => [' ', yellow(`! ${cleanText(warning)}`)]),
    ...placed('run file', path, columns),
    ...placed('report', report, columns),
    ...(before === undefined
      ? []
      : [[' ', dim('compare'.padEnd(10)), `npx vitest-perf compare ${cleanText(before)}`]]),
  ]
}

/** Of a path the end says the most. */
const placed = (label: string, path: string | undefined, columns: number): Line[] =>
  path === undefined ? [] : [[' ', dim(label.padEnd(10)), fitEnd(cleanText(path), columns - 11)]]
