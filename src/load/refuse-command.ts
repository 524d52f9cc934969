import { UsageError } from '../errors/usage-error.ts'
import type { LoadControl } from './load-control.ts'
import type { LoadPlan } from './options.ts'
import type { SteerCommand } from './steering.ts'

interface Told {
  readonly plan: LoadPlan
  readonly control: LoadControl
  /** Why it can be stopped only. */
  readonly onlyStop: string | undefined
}

/** @throws UsageError for what the load that is told cannot do, with what it can do instead */
export function refuseCommand({ kind }: SteerCommand, { plan, control, onlyStop }: Told): void {
  if (onlyStop !== undefined) refuse(`${onlyStop}: it can be stopped, and that is all`)
  if (control.stopping.aborted) refuse('it is ending, and starts no iteration any more')
  if (kind === 'next-phase') return
  if (kind === 'users' && plan.model === 'open') {
    refuse('it starts iterations at a rate, whatever its users are at: change its rate')
  }
  if (kind === 'rate' && plan.model === 'closed') {
    refuse('its users start an iteration when the last has ended: change the number of users')
  }
  if (control.phases.current === 'ramp-down') refuse('it is in its ramp-down: stop it')
}

/** @throws UsageError */
export function refuse(why: string): never {
  throw UsageError.saying('command', `this load cannot do that: ${why}`)
}
