import type { Verdict } from '../limits/verdict.ts'
import type { SteerableLoad } from '../load/steering.ts'
import type { Tick } from '../load/tick.ts'
import { cleanText } from '../report/clean-text.ts'
import { limitOf, measuredOf } from '../report/figures.ts'
import type { ReportPage } from '../report/page/report-page.ts'
import type { RunFile } from '../run-file/run-file.ts'
import type { Control, LiveLoad, LiveVerdict } from './live-page.ts'
import type { LoadUnderWay } from './live-run.ts'
import { recentOf } from './recent.ts'

/** A load that runs, as the process that it runs in tells of it. */
export interface LoadNow extends SteerableLoad {
  readonly tick: Tick | undefined
  readonly test?: { readonly file: string; readonly name: string } | undefined
}

interface Known {
  readonly file: RunFile
  readonly report: ReportPage
  readonly loads: readonly LoadUnderWay[]
}

/** The loads that run, each with its place in the report. */
export const liveLoads = (now: readonly LoadNow[], known: Known): readonly LiveLoad[] =>
  now.flatMap((load): LiveLoad[] => {
    const { tick } = load
    if (tick === undefined || tick.over) return []
    const journal = known.loads.findLast(({ run }) => run.title === load.title)
    return [
      {
        id: load.id,
        ...(journal && placeOf(journal, known)),
        ...figuresOf(tick),
        controls: controlsOf(load),
        onlyStop: load.onlyStop,
        planned: load.planned,
        asked: tick.asked,
        steered: (tick.steered ?? []).length > 0,
        recent: journal === undefined ? [] : recentOf(journal.replay),
      },
    ]
  })

function figuresOf(tick: Tick) {
  const { phase, part, elapsed, length, users, count, failed, rate, p50, p95, p99, note } = tick
  const { title, verdicts } = tick
  const figures = { phase, part, elapsed, length, users, count, failed, rate, p50, p95, p99 }
  return { ...figures, title: cleanText(title), note, verdicts: verdicts.map(toLiveVerdict) }
}

const toLiveVerdict = (verdict: Verdict): LiveVerdict => ({
  status: verdict.measured === undefined ? 'inconclusive' : verdict.status,
  subject: cleanText(verdict.subject),
  measured: measuredOf(verdict),
  limit: limitOf(verdict),
})

function controlsOf({ model, onlyStop }: SteerableLoad): readonly Control[] {
  if (onlyStop !== undefined) return ['stop']
  return [model === 'open' ? 'rate' : 'users', 'next-phase', 'stop']
}

/** Its places in the report; nothing when it is not in there. */
export function placeOf(
  { head, run }: LoadUnderWay,
  { file, report }: Pick<Known, 'file' | 'report'>,
): { readonly test: number; readonly load: number } | undefined {
  const entry = file.tests.find(
    ({ file: path, name }) => path === head.test.file && name === head.test.name,
  )
  const load = entry?.record.runs.findIndex(
    ({ startedAt, title }) => startedAt === run.startedAt && title === run.title,
  )
  const name = cleanText(head.test.name.replaceAll(' > ', ' › '))
  const test = report.tests.findIndex(
    (each) => each.file === cleanText(head.test.file) && each.name === name,
  )
  return load === undefined || load < 0 || test < 0 ? undefined : { test, load }
}
