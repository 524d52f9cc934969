import {
  DEFAULT_VERDICT,
  toVerdictSettings,
  type VerdictSettings,
} from '../limits/verdict-options.ts'
import type { Call } from './call.ts'
import type { Reading } from './reading.ts'

const byTask = new WeakMap<object, VerdictSettings>()

/** Says how the verdicts of a test are made, where its matchers do not say it themselves. */
export function setVerdictSettings(task: object, settings: VerdictSettings): void {
  byTask.set(task, settings)
}

/** How a call wants to be judged. @throws UsageError */
export function settingsOf({ state, matcher }: Call, options: unknown): VerdictSettings {
  const base = state.task === undefined ? undefined : byTask.get(state.task)
  return toVerdictSettings(options, `${matcher}(…, options)`, base ?? DEFAULT_VERDICT)
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
