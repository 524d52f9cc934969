import { hasFigures, countsOf, resultOf, titleOf } from './test-entries.ts'
import { counted } from './figures.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { testDetails } from './markdown-test.ts'
import { fromRunRecord } from '../run-file/run-record.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import { abFacts } from './ab-figures.ts'
import { capacityFacts } from './capacity-figures.ts'
import { factsOf } from './run-facts.ts'

/** GitHub refuses the summary of a step beyond 1 MiB; this leaves room for other steps' words. */
const MOST_CHARACTERS = 400_000

/** The summary of an invocation in GitHub's Markdown: the verdict, a table of tests, their details. */
export function renderMarkdown(file: RunFile): string {
  const tests = file.tests.filter(hasFigures).toSorted((left, right) => rank(left) - rank(right))
  const head = [heading(file), '', ...notes(file), ...table(tests)]
  const details = withinLimit(tests.map(testDetails))
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

function table(tests: readonly TestEntry[]): string[] {
  if (tests.length === 0) return []
  return ['| | Test | Limits | Load |', '| --- | --- | --- | --- |', ...tests.map(row)]
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

function withinLimit(details: readonly string[]): readonly string[] {
  let left = MOST_CHARACTERS
  const kept = details.filter((each) => (left -= each.length) > 0)
  const gone = details.length - kept.length
  return gone === 0
    ? kept
    : [...kept, `Details of ${counted(gone, 'more test')} are in the run file.`]
}
