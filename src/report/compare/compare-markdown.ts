import { escapeMarkdown } from '../escape-markdown.ts'
import { counted } from '../figures.ts'
import type { ChangeVerdict, ComparedEndpoint, ComparedLoad, Comparison } from './comparison.ts'
import { headlineOf, rowOf, type ComparedRow } from './words.ts'

const ICONS: Readonly<Record<ChangeVerdict, string>> = {
  worse: '🔺',
  better: '✅',
  'within noise': '✅',
  'not comparable': '⚠️',
}

/** Endpoints whose figures are listed. */
const MOST_ENDPOINTS = 50

/** A comparison in GitHub's Markdown, for a summary of a step or a comment. */
export function comparisonToMarkdown(comparison: Comparison): string {
  const { verdict, obstacles, loads, suggestions } = comparison
  return `${[
    `## ${ICONS[verdict]} Performance: ${escapeMarkdown(headlineOf(comparison))}`,
    runsTable(comparison),
    obstacleItems(obstacles),
    ...loads.flatMap((load) => loadParts(load, comparison)),
    unpaired(comparison),
    suggestions.length === 0 ? '' : '### What it hints at',
    suggestions.map(suggestionItem).join('\n'),
    footOf(comparison),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

const runsTable = ({ runs }: Comparison): string =>
  table(
    ['Run', 'Revision', 'Started'],
    '---',
    runs.map(({ id, revision, startedAt, ending }, at) => [
      `${at + 1}. ${escapeMarkdown(id)}${ending === 'complete' ? '' : ` (${ending})`}`,
      escapeMarkdown(revision ?? '–'),
      escapeMarkdown(startedAt),
    ]),
  )

const obstacleItems = (obstacles: Comparison['obstacles']): string =>
  obstacles
    .map(({ blocks, text }) => `- ${blocks ? '❌' : '⚠️'} ${escapeMarkdown(text)}`)
    .join('\n')

function loadParts(load: ComparedLoad, { runs }: Comparison): readonly string[] {
  const values = runs.map((_, at) => `Run ${at + 1}`)
  const head = ['', '', ...values, 'Change', 'Noise', 'Verdict']
  const align = `--${'r'.repeat(values.length)}rr-`
  const rows = (endpoint: ComparedEndpoint): string[][] =>
    endpoint.figures.map((figure, at) =>
      cellsOf(at === 0 ? endpoint.name : '', rowOf(endpoint.name, figure)),
    )
  const shown = load.endpoints.slice(0, MOST_ENDPOINTS)
  const left = load.endpoints.length - shown.length
  return [
    `### ${escapeMarkdown(load.title)}\n\n${escapeMarkdown(load.shape)}`,
    obstacleItems(load.obstacles),
    table(head, align, rows(load.whole)),
    `<details${load.whole.verdict === 'worse' ? ' open' : ''}><summary>${counted(load.endpoints.length, 'endpoint')}</summary>`,
    table(head, align, shown.flatMap(rows)),
    left === 0 ? '' : `${counted(left, 'more endpoint')}.`,
    '</details>',
  ]
}

const cellsOf = (name: string, row: ComparedRow): string[] => [
  escapeMarkdown(name),
  row.metric,
  ...row.values,
  row.change,
  row.noise,
  saidOf(row),
]

function saidOf({ verdict, word, why }: ComparedRow): string {
  if (verdict === undefined) return ''
  const reason = why === undefined ? '' : `: ${escapeMarkdown(why)}`
  const icon = verdict === 'worse' ? '🔺 ' : verdict === 'better' ? '✅ ' : ''
  return `${icon}${word}${reason}`
}

const unpaired = ({ gone, added }: Comparison): string =>
  [
    ...gone.map((title) => `- only in the first run: ${escapeMarkdown(title)}`),
    ...added.map((title) => `- only in the last run: ${escapeMarkdown(title)}`),
  ].join('\n')

const suggestionItem = ({
  rule,
  evidence,
  cause,
  next,
}: Comparison['suggestions'][number]): string =>
  `1. **${escapeMarkdown(evidence)}** Often ${escapeMarkdown(cause)}. Next: ${escapeMarkdown(next)} <sub>${rule}</sub>`

const footOf = ({ rules: { judged, least } }: Comparison): string =>
  `<sub>${counted(judged, 'figure')} judged, with a chance of 5 % of one false call in all (Holm); times count from a change of ${Math.round(least * 1_000) / 10} % on. Noise is what both runs found in themselves.</sub>`

/** `align` has one letter a column: `r` for figures. */
function table(
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): string {
  const rule = head.map((_, at) => (align[at] === 'r' ? '---:' : '---'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
