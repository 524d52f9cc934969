import { formatMs, formatNumber } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { figure, MISSING } from './figures.ts'
import type { RunOutline } from './run-outline.ts'
import { dim, green, red, renderLine, yellow, type Span, type Terminal } from './styled-line.ts'
import { tableLines, type Cell, type Column } from './table.ts'

const COLUMNS: readonly Column[] = [
  { align: 'left' },
  { align: 'left' },
  { align: 'left', expendable: 1 },
  { align: 'right', expendable: 2 },
  { align: 'right', expendable: 3 },
  { align: 'left', expendable: 4 },
]

/** A line for each run, with its name whole. */
export function renderRunList(runs: readonly RunOutline[], terminal: Terminal): string {
  const head = ['run', 'tests', 'limits', 'requests', 'took', 'revision'].map((text) => dim(text))
  const name = Math.max(...runs.map(({ id }) => id.length))
  const table = tableLines(COLUMNS, [head, ...runs.map(toCells)], {
    columns: terminal.columns - MARK,
    indent: '',
    least: name,
  })
  const lines = table.map((line, at) => [' ', markOf(runs[at - 1]), ' ', ...line])
  return lines.map((line) => renderLine(line, terminal)).join('\n')
}

const MARK = ' ✗ '.length

function markOf(run: RunOutline | undefined): Span | string {
  if (run === undefined) return ' '
  if (run.failed > 0) return red('✗')
  return run.ending === 'complete' ? green('✓') : yellow('!')
}

const toCells = (run: RunOutline): Cell[] => [
  run.id,
  testsOf(run),
  limitsOf(run),
  run.loads === 0 ? MISSING : formatNumber(run.requests),
  figure(run.took, formatMs),
  dim(cleanText(run.revision ?? '')),
]

function testsOf({ ending, tests, failed }: RunOutline): Cell {
  const counts = failed > 0 ? `${failed} of ${tests} failed` : `${tests} passed`
  if (ending === 'complete') return failed > 0 ? red(counts) : counts
  return yellow(`${ending}, ${counts}`)
}

function limitsOf({ limits, missed }: RunOutline): string {
  if (limits === 0) return MISSING
  return missed > 0 ? `${missed} of ${limits} missed` : `${limits} met`
}
