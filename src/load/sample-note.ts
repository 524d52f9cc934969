import { UsageError } from '../errors/usage-error.ts'
import type { Check } from '../limits/check.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { samplesFor } from '../limits/sample-size.ts'
import { leastSamples } from '../stats/least-samples.ts'
import { leastValues } from '../stats/judge-share.ts'
import { formatNumber, formatRatio } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import { areaOf } from './arrival-schedule.ts'
import type { LoadPlan } from './options.ts'
import type { VerdictPlan } from './verdict-plan.ts'

/**
 * Limits of percentiles for which the iterations that a load can make are too few, told before traffic.
 * No mistake: an iteration may make several requests.
 */
export function sampleNotes(plan: LoadPlan): readonly string[] {
  const most = mostIterations(plan)
  if (plan.limits === undefined || most === undefined) return []
  return parseLimits(plan.limits, 'limits').flatMap((check) => {
    const least = leastFor(check)
    if (least === undefined || least <= most) return []
    return [
      `${check.path} needs at least ${formatNumber(least)} samples to be told from the slowest, and this load makes ${formatNumber(most)} iterations`,
    ]
  })
}

/**
 * Refuses percentiles that can never be proven, where a confidence is asked for: the load makes too few
 * iterations even if each of them gave a value, and all of them met the limit.
 * @throws UsageError before traffic
 */
export function refuseUnprovable(
  plan: LoadPlan,
  { settings, extension }: VerdictPlan,
  name: string,
): void {
  const most = mostIterations(plan)
  if (settings.stated !== true || plan.limits === undefined || most === undefined) return
  const longest =
    extension === undefined ? 1 : (extension.looks.at(-1) ?? 1) / (extension.looks[0] ?? 1)
  const iterations = Math.round(most * longest * plan.repeats)
  const confidence = extension?.confidence ?? settings.confidence
  const mistakes = parseLimits(plan.limits, `${name}.limits`).flatMap((check) => {
    const least = provableFrom(check, confidence)
    if (least === undefined || least <= iterations) return []
    return [UsageError.saying(check.path, unprovable(check, { least, iterations, confidence }))]
  })
  if (mistakes.length > 0) throw UsageError.all(name, mistakes)
}

/** Gaps are many to a stream, and a p100 is a fact. */
function provableFrom({ figure }: Check, confidence: Ratio): number | undefined {
  if (figure.kind !== 'percentile' || figure.of === 'gap' || figure.percentile >= 100)
    return undefined
  const allowed = Number((1 - figure.percentile / 100).toPrecision(12))
  return Math.max(leastValues(allowed), leastSamples(figure.percentile, confidence))
}

const unprovable = (
  { path }: Check,
  {
    least,
    iterations,
    confidence,
  }: { readonly least: number; readonly iterations: number; readonly confidence: Ratio },
): string =>
  `${path} can never be proven at ${formatRatio(confidence)}: that takes ${formatNumber(least)} requests, and this load makes ${formatNumber(iterations)} iterations. Make it longer, or judge a lower percentile; if an iteration makes several requests, judge it after the load: expect(run).toMeet({ … })`

const leastFor = ({ figure }: Check): number | undefined =>
  figure.kind === 'percentile' ? samplesFor(figure.percentile) : undefined

/** `undefined` when the answers of the service decide how many there are. */
function mostIterations(plan: LoadPlan): number | undefined {
  if (plan.model === 'closed') {
    const { iterations, iterationsPerUser, users } = plan
    return iterations ?? (iterationsPerUser === undefined ? undefined : iterationsPerUser * users)
  }
  const judged = plan.judge === 'all' ? plan.stretches : plan.steady
  return Math.round(judged.reduce((sum, stretch) => sum + areaOf(stretch), 0))
}
