import type { Check } from '../limits/check.ts'
import { operationOf } from '../limits/judge-check.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { proveCheck } from '../limits/prove-check.ts'
import type { VerdictSettings } from '../limits/verdict-options.ts'
import type { RecordingSummary } from '../metrics/summary.ts'
import type { Ms, Ratio } from '../units/units.ts'
import type { LoadPlan } from './options.ts'

/** How a load may go on that was to end with limits not proven. */
export interface ExtensionPlan {
  /** The judged times at which its limits are looked at, the planned one first. */
  readonly looks: readonly Ms[]
  /** Of each look, so that all together have the one that was asked for. */
  readonly confidence: Ratio
}

/** How a load went on, as plain data. */
export interface Extension extends ExtensionPlan {
  /** The judged time that was planned, and what became of it. */
  readonly from: Ms
  readonly to: Ms
  /** What was not proven when it went on: `p95 of chat`. */
  readonly because: readonly string[]
  /** What was not proven at its end either. */
  readonly open: readonly string[]
}

/** How often the judged time may be doubled, where that is not said. */
const USUAL_TIMES = 4

/**
 * The looks of a load: its judged time is doubled until `most`. A look that decides is one more chance to be
 * wrong, so that each has its part of what may be wrong (Bonferroni): of three at 95 %, 98.3 %.
 */
export function planExtension(
  duration: Ms,
  most: Ms = USUAL_TIMES * duration,
  { confidence }: Pick<VerdictSettings, 'confidence'>,
): ExtensionPlan {
  const looks = [duration]
  for (let last = duration; last < most; looks.push(last)) last = Math.min(2 * last, most)
  return { looks, confidence: 1 - (1 - confidence) / looks.length }
}

/** Why a load cannot go on; `undefined` for one that can. */
export function whyNotExtended(plan: LoadPlan): string | undefined {
  if (plan.limits === undefined)
    return "needs limits that are known before: limits: { p95: '300ms' }"
  if (plan.model === 'closed' && plan.steps !== undefined)
    return 'is not for steps, which are judged each'
  if (plan.duration === undefined) return "needs a time that can go on: say duration ('30s')"
  const stages = plan.model === 'closed' ? plan.stages : plan.steady.slice(1)
  if (stages !== undefined && stages.length > 0) return 'is not for stages, which end when they say'
  if (plan.rampDown > 0) return 'has no place before a rampDown: leave one of them out'
  if (plan.judge === 'all') return "is not for judge: 'all', which counts the ramps"
  return undefined
}

/** Looks at the limits of a load that was to end. */
export class ExtensionWatch {
  readonly #plan: ExtensionPlan
  readonly #checks: readonly Check[]
  readonly #because = new Set<string>()
  #open: readonly string[] = []
  #look = 0

  constructor(plan: ExtensionPlan, limits: LoadPlan['limits']) {
    this.#plan = plan
    this.#checks = parseLimits(limits, 'limits')
  }

  /**
   * How long the judged time is to be; `undefined` when this was it: all limits are decided, one is surely
   * missed, or there is no more time.
   */
  next(summary: RecordingSummary): Ms | undefined {
    const { confidence, looks } = this.#plan
    const proofs = this.#checks.map((check) => ({
      check,
      status: proveCheck(check, operationOf(check, summary), confidence)?.status,
    }))
    const open = proofs.filter(({ status }) => status === 'inconclusive')
    this.#open = open.map(({ check }) => nameOf(check))
    if (open.length === 0 || proofs.some(({ status }) => status === 'fail')) return undefined
    const next = looks[this.#look + 1]
    if (next === undefined) return undefined
    this.#look++
    for (const name of this.#open) this.#because.add(name)
    return next
  }

  /** How it went. */
  found(): Extension {
    const [from = 0, to = from] = [this.#plan.looks[0], this.#plan.looks[this.#look]]
    return { ...this.#plan, from, to, because: [...this.#because], open: this.#open }
  }
}

/** `p95 of chat`, `p95 TTFT of all requests`, `error rate of #read`. */
function nameOf({ figure, request = 'all requests' }: Check): string {
  const name = WORDS[figure.kind] ?? figure.kind
  if (!('of' in figure)) return `${name} of ${request}`
  const time = TIMES[figure.of] ?? figure.of.toUpperCase()
  const what = figure.kind === 'percentile' ? `p${figure.percentile}` : name
  return `${what} ${time} of ${request}`.replace('  ', ' ')
}

const WORDS: Readonly<Partial<Record<Check['figure']['kind'], string>>> = {
  errorRate: 'error rate',
  successRate: 'success rate',
  tokensPerSecond: 'tokens/s',
}

const TIMES: Readonly<Record<string, string>> = {
  latency: '',
  gap: 'gap',
  stopLatency: 'stop latency',
}
