import type { LoadPlan } from './options.ts'

/** What of a load keeps it with one generator. */
export interface Unshared {
  readonly option: string
  readonly why: string
}

/** Whether its end, or what it does on its way, is decided by what one generator sees. */
export function unsharedOf(plan: LoadPlan): Unshared | undefined {
  if (plan.model === 'closed' && plan.steps !== undefined) {
    return { option: 'steps', why: 'decides after each step whether to go on' }
  }
  if (plan.warmUpFound) {
    return { option: 'warmUp', why: "'auto' looks at the latencies of one generator" }
  }
  if (plan.verdict?.onInconclusive !== 'extend') return undefined
  const why = "'extend' looks at the figures of one generator"
  return { option: 'verdict.onInconclusive', why }
}

/** The most users that a load has: each generator needs one. */
export const usersOf = (plan: LoadPlan): { readonly option: string; readonly users: number } =>
  plan.model === 'closed'
    ? { option: 'users', users: plan.users }
    : { option: 'maxUsers', users: plan.maxUsers }
