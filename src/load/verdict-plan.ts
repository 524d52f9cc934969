import { UsageError } from '../errors/usage-error.ts'
import {
  DEFAULT_VERDICT,
  toVerdictSettings,
  type VerdictSettings,
} from '../limits/verdict-options.ts'
import type { Clock } from '../clock/clock.ts'
import { planExtension, whyNotExtended, type ExtensionPlan } from './extension.ts'
import { OpenEnd } from './open-end.ts'
import type { LoadPlan } from './options.ts'

/** How the limits of a load are judged. */
export interface VerdictPlan {
  readonly settings: VerdictSettings
  /** Of one that goes on until they are decided. */
  readonly extension: ExtensionPlan | undefined
}

/**
 * What the load says of its verdicts, and the plugin where it says nothing. A load that cannot go on does as
 * with `'warn'`, when it is the plugin that asks for it.
 *
 * @throws UsageError for a load that cannot go on and was itself asked to, and for a `maxDuration` that
 *   nothing reaches for
 */
export function planVerdict(
  plan: LoadPlan,
  base: VerdictSettings = DEFAULT_VERDICT,
  name = 'load',
): VerdictPlan {
  const settings = toVerdictSettings(plan.verdict, `${name}.verdict`, base)
  const { duration, most, verdict } = plan
  const extended = settings.onInconclusive === 'extend'
  const why = extended ? whyNotExtended(plan) : undefined
  if (why !== undefined && verdict?.onInconclusive === 'extend') {
    const path = `${name}.verdict.onInconclusive`
    throw UsageError.saying(path, `${path} 'extend' ${why}`, 'extend')
  }
  if (most !== undefined && !extended) {
    const message = `${name}.maxDuration is how long limits may keep a load going: add verdict: { onInconclusive: 'extend' }, or leave it out`
    throw UsageError.saying(`${name}.maxDuration`, message, most)
  }
  const goesOn = extended && why === undefined && duration !== undefined
  return { settings, extension: goesOn ? planExtension(duration, most, settings) : undefined }
}

/** The course of a load that is found as it goes; `undefined` for one that is planned to its end. */
export function openEndOf(
  plan: LoadPlan,
  { extension }: VerdictPlan,
  clock: Clock,
): OpenEnd | undefined {
  if (extension === undefined && !plan.warmUpFound) return undefined
  return new OpenEnd(plan, extension, clock)
}

/** The plan without an end to its last stretch. */
export function withoutEnd<P extends LoadPlan>(plan: P): P {
  const [first, ...others] = plan.stretches
  const last = plan.stretches.findLast(({ duration }) => duration > 0) ?? first
  if (last === undefined) return plan
  const ramp = first === last || others.length === 0 ? [] : [first]
  return { ...plan, stretches: [...ramp, { ...last, duration: Infinity }] }
}
