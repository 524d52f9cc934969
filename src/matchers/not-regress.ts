import type { MatcherState } from 'vitest'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { readFigure } from '../limits/judge-check.ts'
import {
  parseRegressLimits,
  type RegressCheck,
  type RegressLimits,
} from '../limits/regress-limits.ts'
import type { VerdictOptions, VerdictSettings } from '../limits/verdict-options.ts'
import type { Comparison, Verdict } from '../limits/verdict.ts'
import { judgeChange, LEAST_PAIRS, type ChangeJudgement } from '../load/ab-change.ts'
import { figurePairs, requestsOfBoth, type AbRun } from '../load/ab-run.ts'
import { worseScale } from '../load/worse.ts'
import { holm } from '../stats/holm.ts'
import { formatRatio } from '../units/format.ts'
import { abLines, manyLines } from './ab-lines.ts'
import { subjectOf, type MatcherResult } from './conclude.ts'
import { logVerdict } from './verdict-log.ts'
import { settingsOf } from './verdict-settings.ts'
import { describeMisses } from './wording.ts'
import { AB_SUBJECTS } from './wrong-subject.ts'

const MATCHER = 'toNotRegress'

/** By how much `head` may be worse than `base`; every limit is judged and shown. */
export function toNotRegress(
  this: MatcherState,
  received: unknown,
  limits: RegressLimits,
  options?: VerdictOptions,
): MatcherResult {
  const call = { state: this, matcher: MATCHER, received, args: [] }
  if (this.isNot) {
    const message = `.not.${MATCHER} would pass for whatever was not proven: judge a change by itself, ab.changes`
    throw UsageError.saying(MATCHER, message)
  }
  const ab = subjectOf(call, AB_SUBJECTS, (each) => (each.kind === 'ab' ? each : undefined))
  const checks = parseRegressLimits(limits, 'limits').flatMap((check) => eachOf(check, ab))
  if (checks.length === 0) throw noRequests()
  const settings = settingsOf(call, options)
  const judged = checks.map((check) => ({ check, found: judge(check, ab, settings) }))
  refusePowerless(judged, settings)
  const adjusted = holm(judged.map(({ found }) => found.p))
  const all = judged.map(({ check, found }, at) => {
    const surely = adjusted[at] ?? 1
    const comparison = toComparison({ check, found, surely }, ab, settings)
    const status = isMissed(comparison, settings) ? ('fail' as const) : ('pass' as const)
    return { comparison, status, evidence: { lines: () => abLines(check.figure, found), missing } }
  })
  const { task, poll } = this
  if (task !== undefined) {
    for (const { comparison, status } of all) {
      logVerdict(task, toVerdict(comparison, status), poll)
    }
  }
  const missed = all.filter(({ status }) => status === 'fail')
  return {
    pass: missed.length === 0,
    message: () => describeMisses(call, missed, all.length, manyLines(ab, all.length)),
  }
}

const missing = (): string => ''

/** So few pairs cannot miss a limit, whatever they say: that would be no pass. @throws UsageError */
function refusePowerless(
  judged: readonly Pick<Judged, 'check' | 'found'>[],
  { confidence }: VerdictSettings,
): void {
  const least = Math.ceil(Math.log2(judged.length / (1 - confidence)) - 1e-9)
  const few = judged.find(({ found }) => found.pairs < least)
  if (few === undefined) return
  const { check, found } = few
  const limits = judged.length === 1 ? 'a limit' : `${judged.length} limits together`
  const message = `${check.path}: ${limits} at ${formatRatio(confidence)} can be missed from ${least} pairs of blocks on, had ${found.pairs}: compare for longer, or in shorter blocks`
  throw UsageError.saying(check.path, message)
}

const noRequests = (): UsageError =>
  UsageError.saying(
    'limits.each',
    'limits.each is of requests, and none occurred on both sides: limit the run, { p95: … }',
  )

/** A limit of each request as one of every request that both sides have. */
function eachOf(check: RegressCheck, ab: AbRun): readonly RegressCheck[] {
  return check.each ? requestsOfBoth(ab.runs).map((request) => ({ ...check, request })) : [check]
}

/** @throws UsageError for a figure that too few pairs of blocks have */
function judge(
  { figure, request, tolerance, path }: RegressCheck,
  ab: AbRun,
  { confidence }: VerdictSettings,
): ChangeJudgement {
  const pairs = figurePairs(ab.runs, { figure, request })
  const found = judgeChange(figure, pairs, { tolerance, confidence })
  if (found !== undefined) return found
  const names = requestsOfBoth(ab.runs)
  const [first] = ab.runs
  const occurs =
    request === undefined ||
    (first !== undefined && readFigure({ figure, request }, first.base).samples > 0)
  const known = pairs.filter(({ base, head }) => base !== undefined && head !== undefined).length
  const why = occurs
    ? `is known on both sides in ${known} of ${ab.asked} pairs of blocks, and ${LEAST_PAIRS} are the least that can show anything`
    : `names ${JSON.stringify(request)}, which did not occur on both sides; ${knownNames(request, names)}`
  throw UsageError.saying(path, `${path} ${why}`)
}

interface Judged {
  readonly check: RegressCheck
  readonly found: ChangeJudgement
  /** Adjusted for there being several. */
  readonly surely: number
}

function toComparison(
  { check, found, surely }: Judged,
  ab: AbRun,
  { confidence, onInconclusive }: VerdictSettings,
): Comparison {
  const { figure, request, tolerance } = check
  const most = 1 - confidence
  const status = surely <= most ? 'fail' : found.within <= most ? 'pass' : 'inconclusive'
  const [first] = ab.runs
  const read = first && readFigure({ figure, request }, first.base)
  return {
    subject: `${worseScale(figure).word} of ${read?.subject ?? check.path}`,
    metric: read?.metric ?? figure.kind,
    operator: 'at most',
    limit: tolerance,
    unit: 'ratio',
    measured: found.change,
    samples: found.pairs,
    proof: {
      status,
      confidence,
      ...(Number.isFinite(found.low) && { low: found.low }),
      high: found.high === Infinity ? 'never' : found.high,
      ...(status === 'inconclusive' && found.needs !== undefined && { needs: found.needs }),
      counts: 'pairs of blocks',
    },
    ...(onInconclusive === 'fail' && { strict: true }),
    run: ab.title,
  }
}

/** What is not surely worse passes, unless it had to be proven. */
const isMissed = ({ proof }: Comparison, { onInconclusive }: VerdictSettings): boolean =>
  proof?.status === 'fail' || (onInconclusive === 'fail' && proof?.status === 'inconclusive')

function toVerdict(comparison: Comparison, status: Verdict['status']): Verdict {
  const { measured } = comparison
  return {
    ...comparison,
    status,
    measured: measured === Infinity ? 'never' : measured === -Infinity ? -1 : measured,
    negated: false,
  }
}
