import { cleanText } from '../clean-text.ts'
import { counted } from '../figures.ts'
import { sparkline } from '../sparkline.ts'
import {
  bold,
  dim,
  green,
  red,
  renderLine,
  yellow,
  type Line,
  type Span,
  type Terminal,
} from '../styled-line.ts'
import { tableLines, type Cell, type Column } from '../table.ts'
import type { ChangeVerdict, ComparedFigure, ComparedLoad, Comparison } from './comparison.ts'
import { headlineOf, MARKS, rowOf, tellingFigures } from './words.ts'
import { wrapped } from '../wrapped.ts'

const INDENT = '   '
/** Endpoints that are listed: those that changed first. */
const MOST_ENDPOINTS = 15

/** A comparison for a terminal: the verdict, what stands against it, the figures, what they hint at. */
export function comparisonToTerminal(comparison: Comparison, options: Terminal): string {
  const { columns } = options
  const lines: Line[] = [
    ...headLines(comparison, columns),
    ...comparison.loads.flatMap((load) => loadLines(load, comparison, columns)),
    ...unpaired(comparison),
    ...suggestionLines(comparison, columns),
    [],
    [dim(footOf(comparison))],
  ]
  return lines.map((line) => renderLine(line, options)).join('\n')
}

function headLines(comparison: Comparison, columns: number): Line[] {
  const { runs, verdict, obstacles } = comparison
  return [
    [badge(verdict), ' ', bold(headlineOf(comparison))],
    ...runs.map((run, at): Line => {
      const which = at === 0 ? 'first' : at === runs.length - 1 ? 'last' : ''
      const revision = run.revision === undefined ? '' : `  ${cleanText(run.revision)}`
      return [INDENT, dim(which.padEnd(7)), cleanText(run.id), dim(revision)]
    }),
    ...obstacles.flatMap((obstacle) => obstacleLines(obstacle, columns)),
  ]
}

function badge(verdict: ChangeVerdict): Span {
  const text = ` COMPARE ${MARKS[verdict]} `
  switch (verdict) {
    case 'worse':
      return { text, style: ['bold', 'white', 'bgRed'] }
    case 'better':
    case 'within noise':
      return { text, style: ['bold', 'black', 'bgGreen'] }
    case 'not comparable':
      return { text, style: ['bold', 'black', 'bgYellow'] }
    default:
      return verdict satisfies never
  }
}

const obstacleLines = (
  { blocks, text }: Comparison['obstacles'][number],
  columns: number,
): Line[] => {
  const paint = blocks ? red : yellow
  return wrapped(`${blocks ? '✗' : '!'} ${text}`, columns - INDENT.length, 2).map((line) => [
    INDENT,
    paint(line),
  ])
}

const COLUMNS: readonly Column[] = [
  { align: 'left' },
  { align: 'left' },
  { align: 'right' },
  { align: 'right' },
  { align: 'right' },
  { align: 'right', expendable: 1 },
  { align: 'left', expendable: 2 },
  { align: 'left' },
]

function loadLines(
  load: ComparedLoad,
  { runs, obstacles: common }: Comparison,
  columns: number,
): Line[] {
  const endpoints = load.endpoints.toSorted(
    (left, right) => rank(left.verdict) - rank(right.verdict),
  )
  const shown = endpoints.slice(0, MOST_ENDPOINTS)
  const trend = runs.length > 2
  const rows = [
    ...load.whole.figures.map((figure) => cellsOf(load.whole.name, figure, trend)),
    ...shown.flatMap((endpoint) =>
      tellingFigures(endpoint).map((figure) => cellsOf(endpoint.name, figure, trend)),
    ),
  ]
  const head = ['', '', 'first', 'last', 'change', 'noise', trend ? 'trend' : '', ''].map(dim)
  const left = endpoints.length - shown.length
  return [
    [],
    [' ', bold(load.title), '  ', dim(load.shape)],
    ...load.obstacles.flatMap((obstacle) => obstacleLines(obstacle, columns)),
    ...tableLines(COLUMNS, [head, ...once(rows)], { columns, indent: INDENT, least: 14 }),
    ...(left === 0 ? [] : [[INDENT, dim(`… ${counted(left, 'more endpoint')}`)] satisfies Line]),
    ...whyLines(load, common, columns),
  ]
}

const rank = (verdict: ChangeVerdict): number =>
  ['worse', 'better', 'within noise', 'not comparable'].indexOf(verdict)

function cellsOf(name: string, figure: ComparedFigure, trend: boolean): readonly Cell[] {
  const { metric, values, change, noise, word, verdict } = rowOf(name, figure)
  const paint = verdict === 'worse' ? red : verdict === 'better' ? green : dim
  const said = verdict === undefined ? '' : paint(`${MARKS[verdict]} ${word}`)
  const course = trend ? sparkline(figure.values, 8) : ''
  return [name, metric, values[0] ?? '', values.at(-1) ?? '', change, dim(noise), dim(course), said]
}

/** A name that stands in the row above is not repeated. */
const once = (rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] =>
  rows.map((row, at) => (row[0] === rows[at - 1]?.[0] ? ['', ...row.slice(1)] : row))

/** Why figures could not be judged, each reason once. */
function whyLines(
  { whole, endpoints, obstacles }: ComparedLoad,
  common: Comparison['obstacles'],
  columns: number,
): Line[] {
  const figures = [whole, ...endpoints].flatMap((each) => each.figures)
  const said = new Set([...common, ...obstacles].map(({ text }) => text))
  const reasons = new Set(
    figures.flatMap(({ verdict, why }) =>
      verdict === 'not comparable' && why !== undefined && !said.has(why) ? [why] : [],
    ),
  )
  return [...reasons].flatMap((why) =>
    wrapped(`? ${why}`, columns - INDENT.length, 2).map((line): Line => [INDENT, dim(line)]),
  )
}

const unpaired = ({ gone, added }: Comparison): Line[] => [
  ...(gone.length + added.length > 0 ? [[]] : []),
  ...gone.map((title): Line => [' ', dim('only in the first run  '), title]),
  ...added.map((title): Line => [' ', dim('only in the last run   '), title]),
]

function suggestionLines({ suggestions }: Comparison, columns: number): Line[] {
  if (suggestions.length === 0) return []
  return [
    [],
    [' ', bold('What it hints at')],
    ...suggestions.flatMap(({ rule, evidence, cause, next }, at): Line[] => [
      ...wrapped(`${at + 1}. ${evidence}`, columns - INDENT.length, 3).map((line): Line => [
        INDENT,
        line,
      ]),
      ...wrapped(`often ${cause}`, columns - 6).map((line): Line => ['      ', dim(line)]),
      ...wrapped(`next ${next} (${rule})`, columns - 6).map((line): Line => ['      ', dim(line)]),
    ]),
  ]
}

/** How it was judged, in one line. */
const footOf = ({ rules: { judged, least } }: Comparison): string =>
  judged === 0
    ? ' nothing was judged'
    : ` ${counted(judged, 'figure')} judged at 5 % of false calls in all (Holm), changes from ${Math.round(least * 1_000) / 10} % on`
