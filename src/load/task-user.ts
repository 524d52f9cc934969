import type { Feed } from '../data/feed.ts'
import { seededRandom, seedOf, type Random } from '../stats/random.ts'
import type { Ms } from '../units/units.ts'
import type { Behaviour } from './behaviour.ts'
import type { TaskContext } from './user-definition.ts'
import type { UserKind } from './user-kind.ts'
import type { VirtualUser } from './virtual-user.ts'

/** Tells the draws of tasks and think times from those of the user's own `random`. */
const STREAM = 0x5eed

/** A virtual user of a kind: starts, picks its tasks by weight, thinks, and stops. */
export class TaskUser implements Behaviour {
  readonly #kind: UserKind
  readonly #user: VirtualUser
  readonly #feed: Feed<unknown> | undefined
  readonly #seed: number
  #random: Random
  readonly #pending: ReturnType<UserKind['pick']>[number][] = []
  #fresh = false
  ready = false

  constructor(kind: UserKind, user: VirtualUser, feed: Feed<unknown> | undefined, seed: number) {
    this.#kind = kind
    this.#user = user
    this.#feed = feed
    // A user that comes back does not draw the same again.
    this.#random = seededRandom(seedOf(seed ^ STREAM ^ user.iteration, user.user))
    this.#seed = seed
  }

  async start(): Promise<void> {
    if (!this.#fresh) this.#nextRow()
    // The first iteration has the row that the user started with.
    this.#fresh = true
    const state: unknown = await this.#kind.onStart?.(this.#context())
    if (state !== undefined) this.#user.state = state as Record<string, unknown>
    this.ready = true
  }

  async iterate(): Promise<void> {
    if (!this.#fresh) this.#nextRow()
    this.#fresh = false
    const { arrival } = this.#user
    if (arrival !== undefined) this.#random = seededRandom(seedOf(this.#seed ^ STREAM, arrival))
    if (this.#pending.length === 0) this.#pending.push(...this.#kind.pick(this.#random))
    try {
      await this.#pending.shift()?.(this.#context())
    } catch (error) {
      // The steps that were to follow build on the one that failed.
      this.#pending.length = 0
      throw error
    }
  }

  rest(startedAt: Ms, endedAt: Ms): Ms {
    return restOf(this.#kind, { startedAt, endedAt, random: this.#random })
  }

  /** Only for a user that has started. */
  get stop(): Behaviour['stop'] {
    const { onStop } = this.#kind
    if (!this.ready || onStop === undefined) return undefined
    return async () => {
      await onStop(this.#context())
    }
  }

  #nextRow(): void {
    if (this.#feed !== undefined)
      this.#user.row = this.#feed.next(this.#user.user, this.#user.arrival)
  }

  /** The state and the row are of the types that the kind's own functions gave them. */
  #context(): TaskContext<never, never> {
    const context: TaskContext<unknown, unknown> = this.#user
    return context as TaskContext<never, never>
  }
}

/** How long a user of a kind waits after a task: until its next start is due, or for a think time. */
export function restOf(
  { pacing, thinkTime }: Pick<UserKind, 'pacing' | 'thinkTime'>,
  task: { readonly startedAt: Ms; readonly endedAt: Ms; readonly random: Random },
): Ms {
  if (pacing !== undefined) return Math.max(0, task.startedAt + pacing - task.endedAt)
  return thinkTime === undefined ? 0 : thinkTime(task.random)
}
