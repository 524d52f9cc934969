import { hasFigures, countsOf, resultOf, titleOf } from './test-entries.ts'
import { counted } from './figures.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { testDetails } from './markdown-test.ts'
import { fromRunRecord } from '../run-file/run-record.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import { abFacts } from './ab-figures.ts'
import { capacityFacts } from './capacity-figures.ts'
import { factsOf } from './run-facts.ts'

/**
 * Characters that there is room for. GitHub refuses the summary of a step beyond 1 MiB, which other steps
 * share, and a comment beyond 65,536.
 */
const MOST = { summary: 400_000, comment: 60_000 } as const

/** The first line of a comment, by which a workflow finds its own one again and writes it anew. */
const MARKER = '<!-- vitest-perf -->'

export interface MarkdownOptions {
  /** Where it will stand: in the summary of a step, or in a comment of a pull request. Default `'summary'`. */
  readonly place?: keyof typeof MOST
}

/** The summary of an invocation in GitHub's Markdown: the verdict, a table of tests, their details. */
export function renderMarkdown(file: RunFile, { place = 'summary' }: MarkdownOptions = {}): string {
  const tests = file.tests.filter(hasFigures).toSorted((left, right) => rank(left) - rank(right))
  const marker = place === 'comment' ? [MARKER] : []
  const lines = [...marker, heading(file), '', ...notes(file)]
  const head = [...lines, ...table(tests, MOST[place] / 2)]
  const room = MOST[place] - head.join('\n').length
  const details = detailsWithin(tests, room)
  return `${[head.join('\n'), ...details].join('\n\n')}\n`
}

/** What failed stands first: nobody scrolls. */
const rank = ({ state }: TestEntry): number => (state === 'failed' ? 0 : 1)

function heading({ tests, ending }: RunFile): string {
  const ran = tests.filter(({ state }) => state !== 'skipped')
  const failed = ran.filter(({ state }) => state === 'failed').length
  if (failed > 0) return `## ❌ Performance: ${failed} of ${counted(ran.length, 'test')} failed`
  if (ending !== 'complete') return '## ⚠️ Performance: not finished'
  if (ran.length === 0) return '## ⚠️ Performance: no test ran'
  return `## ✅ Performance: ${counted(ran.length, 'test')} passed`
}

function notes(file: RunFile): string[] {
  const { machine, versions } = file
  const cpus = counted(machine.cpus, 'CPU')
  const on = `${machine.platform} ${machine.arch}, ${cpus}, Node ${versions.node}, Vitest ${versions.vitest}`
  return [
    ...(file.ending === 'complete'
      ? []
      : [`Ended early (${file.ending}): figures are of what ran.`, '']),
    ...countsOf(file).flatMap((text) => [`${text}.`, '']),
    `<sub>${escapeMarkdown(`${on}, run ${file.id}`)}</sub>`,
    '',
  ]
}

/** A row for each test, what failed first, as far as there is room. */
function table(tests: readonly TestEntry[], most: number): string[] {
  if (tests.length === 0) return []
  let left = most
  const rows = tests.map(row).filter((each) => (left -= each.length) > 0)
  const gone = tests.length - rows.length
  return [
    '| | Test | Limits | Load |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(gone === 0 ? [] : ['', `${counted(gone, 'more test')} in the run file.`]),
  ]
}

function row(test: TestEntry): string {
  const { runs, comparisons = [], capacities = [] } = test.record
  const facts = [
    ...runs.map((run) => factsOf(fromRunRecord(run))),
    ...comparisons.map(abFacts),
    ...capacities.map(capacityFacts),
  ]
  const loads = facts.map(escapeMarkdown)
  const cells = [markOf(test), escapeMarkdown(titleOf(test)), resultOf(test), loads.join('<br>')]
  return `| ${cells.join(' | ')} |`
}

const markOf = ({ state }: TestEntry): string =>
  state === 'passed' ? '✅' : state === 'failed' ? '❌' : '⚠️'

/** Details of the tests as far as there is room, and a line on the others. */
function detailsWithin(tests: readonly TestEntry[], room: number): readonly string[] {
  // A line says what is left out.
  let left = room - 100
  const kept: string[] = []
  for (const test of tests) {
    // What would not fit is not even made.
    if (left < LEAST_DETAILS) break
    const details = testDetails(test)
    if (details.length + 2 > left) continue
    kept.push(details)
    left -= details.length + 2
  }
  const gone = tests.length - kept.length
  return gone === 0
    ? kept
    : [...kept, `Details of ${counted(gone, 'more test')} are in the run file.`]
}

/** The details of no test are shorter. */
const LEAST_DETAILS = 200
