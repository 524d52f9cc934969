import type { RunData } from '../../load/load-run.ts'
import type { OperationSummary } from '../../metrics/summary.ts'
import type { OperationRecord } from '../../run-file/operation-record.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import { MISSING } from '../figures.ts'
import { changeOf } from './change.ts'
import { requestCourse, wholeCourse } from './course.ts'
import { epochsOf } from './epochs.ts'
import type { Course } from './charted.ts'
import type { OperationPage } from './report-page.ts'
import { shapeOf } from './shape.ts'
import { short } from './short.ts'

/** A load with its record, which keeps what the run has no place for: courses, intervals. */
export interface Load {
  readonly run: RunData
  readonly record: RunRecord
}

/** All requests of a load together; one that recorded none shows its iterations. */
export function wholeOf({ run, record }: Load, baseline: Load | undefined): OperationPage {
  const bare = run.requests.length === 0
  const summary = bare ? run.iterations : run
  const other = bare ? baseline?.run.iterations : baseline?.run
  return page(
    { summary: { ...summary, name: bare ? 'iterations' : 'all requests' }, record: record.whole },
    other && { summary: other, record: baseline?.record.whole },
    wholeCourse(epochsOf(run)),
  )
}

/** Each request, in the order of its first call. */
export const requestsOf = (
  { run, record }: Load,
  baseline: Load | undefined,
): readonly OperationPage[] => {
  const epochs = epochsOf(run)
  return run.requests.map((summary, at) => {
    const kept = record.requests[at]
    const other = baseline?.run.requests.find(({ name }) => name === summary.name)
    const course = requestCourse(kept?.course, epochs)
    const { requests = [] } = baseline?.record ?? {}
    const record_ = requests.find(({ name }) => name === summary.name)
    return page({ summary, record: kept }, other && { summary: other, record: record_ }, course)
  })
}

interface Kept {
  readonly summary: OperationSummary
  readonly record: OperationRecord | undefined
}

function page(
  { summary, record }: Kept,
  baseline: Kept | undefined,
  course: Course | undefined,
): OperationPage {
  const { latency, ttft, throughput } = summary
  const change =
    baseline &&
    changeOf(
      { value: latency.p95, interval: record?.intervals?.p95 },
      { value: baseline.summary.latency.p95, interval: baseline.record?.intervals?.p95 },
    )
  return {
    name: cleanText(summary.name) || MISSING,
    requests: summary.count,
    perSecond: short(throughput.mean),
    failed: summary.failed,
    errorRate: summary.errorRate ?? null,
    p50: short(latency.p50),
    p95: short(latency.p95),
    p99: short(latency.p99),
    max: short(latency.max),
    ttft: short(ttft.p95),
    change,
    course,
    shape: shapeOf(latency.histogram, baseline?.summary.latency.histogram),
  }
}
