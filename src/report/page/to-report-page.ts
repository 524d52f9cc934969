import type { RunFile, TestEntry } from '../../run-file/run-file.ts'
import { formatMs } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import { counted } from '../figures.ts'
import { countsOf, hasFigures } from '../test-entries.ts'
import { environmentOf, revisionOf } from './environment.ts'
import type { OtherTest, ReportPage, Status, TestPage } from './report-page.ts'
import { statusOf, testPage } from './test-page.ts'

/** How the page of a test is made. */
export type PageOf = (test: TestEntry, baseline: TestEntry | undefined) => TestPage

/** The page of a run; with a baseline its figures are put beside those of the same tests there. */
export function toReportPage(
  file: RunFile,
  baseline?: RunFile,
  pageOf: PageOf = testPage,
): ReportPage {
  const tests = file.tests.filter(hasFigures).toSorted((left, right) => rank(left) - rank(right))
  const revision = file.git === undefined ? [] : [cleanText(revisionOf(file.git))]
  return {
    kind: 'report',
    id: cleanText(file.id),
    status: statusOfRun(file),
    headline: headlineOf(file),
    facts: [...lastedOf(file), ...countsOf(file), ...revision],
    notes: notesOf(file),
    environment: environmentOf(file),
    baseline: baseline && cleanText(baseline.id),
    tests: tests.map((test) => pageOf(test, sameTest(test, baseline))),
    others: file.tests.filter((test) => !hasFigures(test)).map(otherTest),
  }
}

/** What failed stands first: nobody scrolls. */
const rank = ({ state }: TestEntry): number => (state === 'failed' ? 0 : state === 'passed' ? 2 : 1)

const sameTest = ({ file, name }: TestEntry, baseline?: RunFile): TestEntry | undefined =>
  baseline?.tests.find((test) => test.file === file && test.name === name)

function statusOfRun({ tests, ending }: RunFile): Status {
  if (tests.some(({ state }) => state === 'failed')) return 'failed'
  const ran = tests.some(({ state }) => state === 'passed')
  return ending === 'complete' && ran ? 'passed' : 'unfinished'
}

function headlineOf(file: RunFile): string {
  const ran = file.tests.filter(({ state }) => state !== 'skipped')
  const failed = ran.filter(({ state }) => state === 'failed').length
  if (failed > 0) return `${failed} of ${counted(ran.length, 'test')} failed`
  if (ran.length === 0) return 'No test ran'
  if (file.ending !== 'complete') return 'Not finished'
  return ran.length === 1 ? 'The test passed' : `All ${counted(ran.length, 'test')} passed`
}

function lastedOf({ startedAt, finishedAt }: RunFile): readonly string[] {
  if (finishedAt === undefined) return []
  const took = Date.parse(finishedAt) - Date.parse(startedAt)
  return Number.isFinite(took) && took >= 0 ? [`took ${formatMs(took)}`] : []
}

function notesOf({ ending }: RunFile): readonly string[] {
  switch (ending) {
    case 'complete':
      return []
    case 'interrupted':
      return ['Interrupted: the figures are of what ran until then.']
    case 'partial':
      return [
        'Partial: it never came to its end, or still runs. The figures are of what was on the disk.',
      ]
    default:
      return ending satisfies never
  }
}

function otherTest(test: TestEntry): OtherTest {
  const { file, name, state, errors } = test
  const error = errors.map(cleanText).find((line) => line !== '')
  return {
    title: cleanText(`${file} › ${name.replaceAll(' > ', ' › ')}`),
    status: state === 'skipped' ? 'skipped' : statusOf(test),
    ...(error !== undefined && { error }),
  }
}
