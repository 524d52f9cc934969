import type { MatcherState } from 'vitest'

/** A matcher as it was called. */
export interface Call {
  readonly state: MatcherState
  readonly matcher: string
  readonly received: unknown
  /** The arguments as the test wrote them. */
  readonly args: readonly unknown[]
}
