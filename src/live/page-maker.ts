import { limitLines } from '../report/page/limit-rows.ts'
import type { LoadPage, ReportPage, TestPage } from '../report/page/report-page.ts'
import { testPage } from '../report/page/test-page.ts'
import { toReportPage } from '../report/page/to-report-page.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import type { RunRecord } from '../run-file/run-record.ts'
import { liveLoads, placeOf, type LoadNow } from './live-loads.ts'
import type { LivePage, LiveState, Start } from './live-page.ts'
import type { LoadUnderWay, RunSoFar } from './live-run.ts'

/** What a page says beside the run. */
export interface Beside {
  readonly state: LiveState
  readonly now?: readonly LoadNow[]
  readonly log?: readonly string[]
  readonly start?: Start | undefined
  readonly notes?: readonly string[]
}

/** Makes the pages of a run; what of it has ended is made once. */
export class PageMaker {
  readonly #known = new WeakMap<TestEntry, TestPage>()

  make(run: RunSoFar | undefined, beside: Beside): LivePage {
    const { state, now = [], log = [], start, notes = [] } = beside
    const rest = { kind: 'dashboard', state, log, start, notes } as const
    if (run === undefined) return { ...rest, id: '', loads: [] }
    const { file, loads } = run
    const plain = this.#report(file, loads, state)
    const report = withLimits(plain, file, { loads, now })
    return { ...rest, id: report.id, report, loads: liveLoads(now, { file, report, loads }) }
  }

  #report(file: RunFile, loads: readonly LoadUnderWay[], state: LiveState): ReportPage {
    const report = toReportPage(asItRuns(file, loads), undefined, (test) => this.#pageOf(test))
    if (state !== 'running') return report
    return { ...report, headline: 'Running', notes: [] }
  }

  #pageOf(test: TestEntry): TestPage {
    const page = this.#known.get(test) ?? testPage(test, undefined)
    this.#known.set(test, page)
    return page
  }
}

/** What is under way has not been cut off, as its journal has to say. */
function asItRuns(file: RunFile, loads: readonly LoadUnderWay[]): RunFile {
  const running = new Set(loads.map(({ run }) => run))
  if (running.size === 0) return file
  const goesOn = (run: RunRecord): RunRecord =>
    running.has(run) ? { ...run, ending: 'complete', reason: undefined, partial: undefined } : run
  const tests = file.tests.map((test) =>
    test.record.runs.some((run) => running.has(run))
      ? { ...test, record: { ...test.record, runs: test.record.runs.map(goesOn) } }
      : test,
  )
  return { ...file, tests }
}

interface UnderWay {
  readonly loads: readonly LoadUnderWay[]
  readonly now: readonly LoadNow[]
}

/** With the limits of loads under way: the run itself has them when it has ended. */
function withLimits(report: ReportPage, file: RunFile, { loads, now }: UnderWay): ReportPage {
  return now.reduce((page, { title, tick }) => {
    const load = loads.findLast(({ run }) => run.title === title)
    const place = load && placeOf(load, { file, report: page })
    const limits = limitLines(tick?.verdicts ?? [], title)
    return place === undefined
      ? page
      : changed(page, place, (each) => ({
          ...each,
          limits: [...each.limits, ...limits],
        }))
  }, report)
}

function changed(
  report: ReportPage,
  { test, load }: { readonly test: number; readonly load: number },
  change: (page: LoadPage) => LoadPage,
): ReportPage {
  const tests = report.tests.map((page, at) =>
    at === test
      ? { ...page, loads: page.loads.map((each, index) => (index === load ? change(each) : each)) }
      : page,
  )
  return { ...report, tests }
}
