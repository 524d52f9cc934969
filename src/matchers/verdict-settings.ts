import { UsageError } from '../errors/usage-error.ts'
import {
  DEFAULT_VERDICT,
  toVerdictSettings,
  type VerdictOptions,
  type VerdictSettings,
} from '../limits/verdict-options.ts'
import type { Call } from './call.ts'
import type { Reading } from './reading.ts'

const byTask = new WeakMap<object, VerdictSettings>()

/** Says how the verdicts of a test are made, where its matchers do not say it themselves. */
export function setVerdictSettings(task: object, settings: VerdictSettings): void {
  byTask.set(task, settings)
}

/** How a call wants to be judged; what it does not say, the load said, or the plugin. @throws UsageError */
export function settingsOf(
  { state, matcher }: Call,
  options: unknown,
  given?: VerdictOptions,
): VerdictSettings {
  const base = state.task === undefined ? undefined : byTask.get(state.task)
  refuseExtend(matcher, options)
  const ofLoad = toVerdictSettings(given, 'load.verdict', base ?? DEFAULT_VERDICT)
  return toVerdictSettings(options, `${matcher}(…, options)`, ofLoad)
}

/** When a matcher judges, the load is over. */
function refuseExtend(matcher: string, options: unknown): void {
  const asked =
    typeof options === 'object' && options !== null && 'onInconclusive' in options
      ? options.onInconclusive
      : undefined
  if (asked !== 'extend') return
  const path = `${matcher}(…, options).onInconclusive`
  const message = `${path} 'extend' is of a load, before it ends: load({ limits, verdict: { onInconclusive: 'extend' } })`
  throw UsageError.saying(path, message, asked)
}

/** A comparison with how sure it is. */
export function proven(
  { comparison, prove }: Reading,
  { confidence, onInconclusive }: VerdictSettings,
): Reading['comparison'] {
  const proof = prove?.(confidence)
  if (proof === undefined) return comparison
  return { ...comparison, proof, ...(onInconclusive === 'fail' && { strict: true }) }
}
