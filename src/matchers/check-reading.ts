import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Check, TimesOf } from '../limits/check.ts'
import { groupOf, isTag, selected, tagsOf, type Selectable } from '../limits/selection.ts'
import type { Distribution } from '../metrics/distribution.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'
import { readCpu } from './cpu.ts'
import { readGoodput } from './goodput.ts'
import { latencyReading } from './latency-reading.ts'
import { readMeanOrMax } from './mean-and-max.ts'
import { readMemory } from './memory.ts'
import { readPercentile } from './percentile.ts'
import { readPlateau } from './plateau.ts'
import { readRate } from './rates.ts'
import type { Reading } from './reading.ts'
import { readSlope } from './slope.ts'
import { isRecording, type Operation, type Subject } from './subjects.ts'
import { readTokenRate } from './token-rate.ts'

type Judged = Operation | Distribution

/**
 * The figure that a check is about, read from what is judged.
 * @throws UsageError for a request that did not occur, or a figure that the subject has not
 */
export function readCheck(check: Check, subject: Judged, matcher: string): Reading {
  const { figure, limit } = check
  switch (figure.kind) {
    case 'percentile':
      return readPercentile(timesOf(check, subject, figure.of), figure.percentile, limit)
    case 'mean':
    case 'max':
      return readMeanOrMax(timesOf(check, subject, figure.of), figure.kind, limit)
    case 'errorRate':
    case 'successRate':
    case 'throughput':
      return readRate(operationOf(check, subject), figure.kind, limit)
    case 'tokensPerSecond':
      return readTokenRate(wholeOf(check, subject), limit)
    case 'goodput':
      return readGoodput(wholeOf(check, subject), figure.within, limit)
    case 'growth':
    case 'peak':
      return readMemory(watched(check, subject, matcher).memory, figure.kind, limit)
    case 'slope':
      return readSlope(watched(check, subject, matcher).memory, limit)
    case 'plateau':
      return readPlateau(watched(check, subject, matcher).memory, limit)
    case 'cpu':
      return readCpu(watched(check, subject, matcher).cpu, limit)
    default:
      return figure satisfies never
  }
}

function timesOf(
  check: Check,
  subject: Judged,
  of: TimesOf,
): NonNullable<ReturnType<typeof latencyReading>> {
  const times = subject.kind === 'distribution' && of === 'latency' ? subject : undefined
  const operation = times === undefined ? operationOf(check, subject) : undefined
  if (operation?.kind === 'window' && of !== 'latency') throw hasNot(check)
  const read =
    times ?? (of === 'latency' || operation?.kind === 'window' ? operation : operation?.[of])
  const reading = read === undefined ? undefined : latencyReading(read)
  if (reading === undefined) throw has(check, subject)
  return reading
}

/** The run itself, one request, or all that a pattern or a tag names, together. */
function operationOf(check: Check, subject: Judged): Operation {
  if (subject.kind === 'distribution') throw has(check, subject)
  const { request, exclude } = check
  if (request === undefined) return subject
  if (!isRecording(subject)) throw has(check, subject)
  const group =
    groupOf({ request, exclude }, subject.requests) ??
    subject.groups.find(({ name }) => name === request)
  if (group !== undefined) return group
  throw unknownRequest(check, request, subject.requests, subject.groups)
}

/** What a window of a run does not know. */
function wholeOf(check: Check, subject: Judged): OperationSummary {
  const operation = operationOf(check, subject)
  if (operation.kind === 'window') throw hasNot(check)
  return operation
}

function watched(
  check: Check,
  subject: Judged,
  matcher: string,
): { readonly memory: MemorySummary; readonly cpu: CpuSummary } {
  if ('memory' in subject && 'cpu' in subject) {
    return subject as Judged & { memory: MemorySummary; cpu: CpuSummary }
  }
  const message = `${check.path} is of the service, which only a run knows: expect(run).${matcher}(…)`
  throw UsageError.saying(check.path, message)
}

function unknownRequest(
  { path }: Check,
  request: string,
  known: readonly Selectable[],
  groups: readonly { readonly name: string }[],
): UsageError {
  if (selected({ request }, known).length > 0) {
    const message = `${path}: everything that ${JSON.stringify(request)} names is excluded`
    return UsageError.saying(path, message, request)
  }
  const names = isTag(request)
    ? tagsOf(known).map((tag) => `#${tag}`)
    : [...known, ...groups].map(({ name }) => name)
  const message = `${path}: ${JSON.stringify(request)} did not occur in this run; ${knownNames(request, names)}`
  return UsageError.saying(path, message, request)
}

const hasNot = ({ path }: Check): UsageError =>
  UsageError.saying(
    path,
    `${path} is not known of a window, which keeps latencies and counts: judge the run, or run.phase(…)`,
  )

const has = ({ path }: Check, subject: Subject): UsageError =>
  UsageError.saying(
    path,
    subject.kind === 'distribution'
      ? `${path} is no figure of a distribution, which has p50 … p999, mean and max`
      : subject.kind === 'window'
        ? `${path} names a request: judge run.window(…).request(name) by itself`
        : `${path} names a request: that is a limit of the run, expect(run).toMeet(…)`,
  )
