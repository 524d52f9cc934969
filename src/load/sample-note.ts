import type { Check } from '../limits/check.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { samplesFor } from '../limits/sample-size.ts'
import { formatNumber } from '../units/format.ts'
import { areaOf } from './arrival-schedule.ts'
import type { LoadPlan } from './options.ts'

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
