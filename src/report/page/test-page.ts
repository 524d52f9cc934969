import type { TestEntry } from '../../run-file/run-file.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import { usersOf } from '../load-facts.ts'
import { rerunOf } from '../rerun.ts'
import { resultOf } from '../test-entries.ts'
import { limitRows } from './limit-rows.ts'
import { loadPage } from './load-page.ts'
import type { Load } from './operations.ts'
import type { Status, TestPage } from './report-page.ts'
import { searchesOf } from './searches.ts'
import { whyOf } from './why.ts'

/** A test with figures; `baseline` is the same test in the run that it is put beside. */
export function testPage(test: TestEntry, baseline: TestEntry | undefined): TestPage {
  const { verdicts } = test.record
  const others = baseline === undefined ? [] : loadsOf(baseline)
  return {
    file: cleanText(test.file),
    name: cleanText(test.name.replaceAll(' > ', ' › ')),
    status: statusOf(test),
    result: resultOf(test),
    limits: limitRows(verdicts),
    why: whyOf(test),
    rerun: rerunOf(test),
    searches: searchesOf(test),
    loads: loadsOf(test).map((load, at, { length }) =>
      loadPage(load, verdicts, { title: titleOf(load, at, length), baseline: others[at] }),
    ),
  }
}

const loadsOf = ({ record }: TestEntry): Load[] =>
  record.runs.map((each) => ({ record: each, run: fromRunRecord(each) }))

const titleOf = ({ run: { shape } }: Load, at: number, of: number): string => {
  if (of === 1) return ''
  return shape.model === 'closed' ? `Load ${at + 1}: ${usersOf(shape)}` : `Load ${at + 1}`
}

export const statusOf = ({ state }: TestEntry): Status =>
  state === 'passed' || state === 'failed' ? state : 'unfinished'
