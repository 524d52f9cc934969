import { openFeeds, type FeedNeed } from '../data/feeds.ts'
import type { Share } from '../data/share.ts'
import { UsageError } from '../errors/usage-error.ts'
import { ofScenario, type Behaviours } from './behaviour.ts'
import type { Scenario } from './iteration.ts'
import { refuseWeights, weighKinds, type ProfileWeights } from './profile-weights.ts'
import { TaskUser } from './task-user.ts'
import type { UserDefinition } from './user-definition.ts'
import { toKinds, type UserKind } from './user-kind.ts'
import type { VirtualUser } from './virtual-user.ts'
import { assignKinds } from './weights.ts'

/** What the virtual users of a load do: one scenario, one kind of users, or several kinds. */
export type Workload = Scenario | UserDefinition | readonly UserDefinition[]

/** What a workload needs to know of its load. */
export interface WorkloadPlace {
  readonly users: number
  readonly model: 'closed' | 'open'
  readonly seed: number
  /** Which of the users are this generator's. Default all. */
  readonly share?: Share | undefined
  /** Where the files of data are looked for. */
  readonly folders: readonly string[] | undefined
  /** Of a profile, instead of the users' own. */
  readonly weights?: ProfileWeights | undefined
  /** `load` or `concurrently`. */
  readonly name: string
}

/**
 * Reads what the users do, and their data.
 * @throws UsageError before any traffic: for a mistake in a definition, a file that is not there, too
 *   few rows, more fixed users than the load has
 */
export async function behavioursOf(workload: unknown, place: WorkloadPlace): Promise<Behaviours> {
  if (typeof workload === 'function') {
    refuseWeights(place.weights, place.name)
    return ofScenario(workload as Scenario)
  }
  const definitions: readonly unknown[] = [workload].flat()
  if (definitions.length === 0 || !definitions.every(isDefinition)) {
    const expected =
      'a function that gets { http, session, … }, defineUser({ … }, { … }) or a list of those'
    throw new UsageError(`${place.name}(…, scenario)`, expected, workload)
  }
  const kinds = weighKinds(toKinds(definitions), place.weights)
  if (place.model === 'open') for (const kind of kinds) refuseOwnPace(kind)
  const first = assign(kinds, place.users)
  const feeds = await openFeeds(needsOf(kinds, first), place)
  const state = { assigned: first }
  const behaviours = (user: VirtualUser): TaskUser => {
    const { assigned } = state
    const kind = assigned[user.user % assigned.length] as UserKind
    const feed = kind.source === undefined ? undefined : feeds.of(kind.source)
    return new TaskUser(kind, user, feed, place.seed)
  }
  /** Those that there are keep their kinds. */
  const allow = (users: number): void => {
    if (users <= state.assigned.length) return
    const more = assign(kinds, users)
    feeds.check(needsOf(kinds, more))
    state.assigned = more
  }
  return Object.assign(behaviours, { allow })
}

function refuseOwnPace({ name, thinkTime, pacing }: UserKind): void {
  if (thinkTime === undefined && pacing === undefined) return
  const option = thinkTime === undefined ? 'pacing' : 'thinkTime'
  const message = `${name}.${option} has no meaning in a load with a rate, which says when tasks start: leave it out`
  throw UsageError.saying(`${name}.${option}`, message)
}

const isDefinition = (value: unknown): value is UserDefinition =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'user'

function assign(kinds: readonly UserKind[], users: number): readonly UserKind[] {
  const quotas = kinds.map(({ quota }) => quota)
  const fixed = quotas.reduce((sum, { fixedCount = 0 }) => sum + fixedCount, 0)
  const others = quotas.some(({ fixedCount }) => fixedCount === undefined)
  if (fixed > users || (!others && fixed < users)) {
    const message = `the kinds of users have a fixedCount of ${fixed} together, and the load has ${users} users: ${
      fixed > users
        ? `set users: ${fixed} or more`
        : `set users: ${fixed}, or leave one fixedCount out`
    }`
    throw UsageError.saying('load.users', message, users)
  }
  return assignKinds(quotas, users).map((kind) => kinds[kind] as UserKind)
}

function needsOf(kinds: readonly UserKind[], assigned: readonly UserKind[]): readonly FeedNeed[] {
  return kinds.flatMap((kind) =>
    kind.source === undefined
      ? []
      : [
          {
            source: kind.source,
            users: assigned.flatMap((each, user) => (each === kind ? [user] : [])),
          },
        ],
  )
}
