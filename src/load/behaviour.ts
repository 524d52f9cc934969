import type { Ms } from '../units/units.ts'
import type { Scenario } from './iteration.ts'
import type { VirtualUser } from './virtual-user.ts'

/** What one virtual user does, again and again. */
export interface Behaviour {
  /** Whether it has started. While it has not, `start` comes before the next iteration. */
  readonly ready: boolean
  start(): Promise<void>
  iterate(): unknown
  /** How long the user waits before its next iteration. */
  rest(startedAt: Ms, endedAt: Ms): Ms
  /** What the user does after its last iteration; none of it is in a figure. */
  readonly stop: (() => Promise<void>) | undefined
}

/** Gives each virtual user of a load what it does. */
export interface Behaviours {
  (user: VirtualUser): Behaviour
  /** @throws UsageError when there cannot be so many users; nothing stands against any number without it */
  readonly allow?: ((users: number) => void) | undefined
}

/** Every user does the same. */
export const ofScenario =
  (scenario: Scenario): Behaviours =>
  (user) => ({
    ready: true,
    start: () => Promise.resolve(),
    iterate: () => scenario(user),
    rest: () => 0,
    stop: undefined,
  })
