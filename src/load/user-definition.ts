import type { DataSource } from '../data/data-source.ts'
import type { DurationInput } from '../units/units.ts'
import type { ThinkTime } from './think-time.ts'
import type { UserContext } from './user-context.ts'

/** What a task is handed: the user's clients, what `onStart` gave, and the row of the user's data. */
export interface TaskContext<State, Row> extends Omit<UserContext, 'state'> {
  readonly state: State
  readonly row: Row
}

/** One thing that a user does: an iteration. */
export type Task<State, Row> = (context: TaskContext<State, Row>) => unknown

/** Tasks that come one after the other, each an iteration of its own. */
export interface Sequence<State, Row> {
  readonly sequence: readonly Task<State, Row>[]
}

/** What is done so often as its weight says. */
export interface WeightedTask<State, Row> {
  /** Default 1. */
  readonly weight?: number | undefined
  readonly run: Task<State, Row> | Sequence<State, Row>
}

/** Tasks of which one is picked when the group is. */
export interface TaskGroup<State, Row> {
  readonly weight?: number | undefined
  readonly tasks: Tasks<State, Row>
}

/** Tasks by name. */
export interface Tasks<State, Row> {
  readonly [name: string]:
    | Task<State, Row>
    | Sequence<State, Row>
    | WeightedTask<State, Row>
    | TaskGroup<State, Row>
}

/** What is known of a kind of users. */
export interface UserOptions<State, Row> {
  readonly name: string
  /** Its share of a load's users beside other kinds. Default 1. */
  readonly weight?: number | undefined
  /** So many of this kind, whatever the size of the load. */
  readonly fixedCount?: number | undefined
  /** Between the end of a task and the start of the next. */
  readonly thinkTime?: ThinkTime | undefined
  /** Between the starts of two tasks; a task that takes longer is followed by the next at once. */
  readonly pacing?: DurationInput | undefined
  /** Rows of which each user is given one as `row`; a unique one is the user's own. */
  readonly data?: DataSource<Row> | readonly Row[] | undefined
  /** Before a user's first task; what it gives is the user's `state`. */
  readonly onStart?: ((context: TaskContext<undefined, Row>) => State | Promise<State>) | undefined
  /** After a user's last task; what it does is in no figure. */
  readonly onStop?: ((context: TaskContext<State, Row>) => unknown) | undefined
}

/** The options without the types of state and row, which only its own functions know. */
export interface AnyUserOptions extends Omit<UserOptions<never, never>, 'onStart' | 'data'> {
  readonly onStart?: ((context: TaskContext<undefined, never>) => unknown) | undefined
  readonly data?: DataSource<unknown> | readonly unknown[] | undefined
}

/** A kind of users, as `load` takes it. */
export interface UserDefinition {
  readonly kind: 'user'
  readonly options: AnyUserOptions
  readonly tasks: Tasks<never, never>
}

/** Tasks that a user does one after the other, each as an iteration of its own, with think time between. */
export const sequence = <State, Row>(steps: readonly Task<State, Row>[]): Sequence<State, Row> => ({
  sequence: steps,
})

/**
 * Describes a kind of users: what they do, how often, and how long they think in between. What it lacks
 * it has from `extends`, whose tasks it has too, unless it names its own.
 */
export function defineUser<State = undefined, Row = undefined>(
  options: UserOptions<State, Row> & { readonly extends?: UserDefinition | undefined },
  tasks: Tasks<State, Row> = {},
): UserDefinition {
  const { extends: base, ...own } = options
  const given = Object.fromEntries(Object.entries(own).filter(([, each]) => each !== undefined))
  return {
    kind: 'user',
    options: { ...base?.options, ...(given as Partial<AnyUserOptions>), name: own.name },
    tasks: { ...base?.tasks, ...tasks },
  }
}
