import { UsageError } from '../errors/usage-error.ts'
import { knownNames } from '../errors/nearest.ts'
import { toCount, toPerSecond } from '../units/parse.ts'
import type { Ms, PerSecond } from '../units/units.ts'
import type { Phase } from './course.ts'

/** What whoever watches a load may have it do, as plain data. */
export type SteerCommand =
  /** Of a closed load: so many from now on, of whom `perSecond` come or go in a second. */
  | {
      readonly kind: 'users'
      readonly users: number
      readonly perSecond?: PerSecond | undefined
    }
  /** Of an open load: iterations that start in a second from now on. */
  | { readonly kind: 'rate'; readonly perSecond: PerSecond }
  /** To the steady phase at once, or to the next stage, or to the end. */
  | { readonly kind: 'next-phase' }
  /** Results are kept. What is under way has the graceful stop; with `force` it is cut off. */
  | { readonly kind: 'stop'; readonly force?: boolean | undefined }

/** What became of a command: `users 10 → 50`, or why nothing did. */
export type SteerAnswer =
  | { readonly ok: true; readonly said: string }
  | { readonly ok: false; readonly message: string }

/** What is asked of a load at a moment: users to be at work, or iterations to start in a second. */
export type SteerTarget = { readonly users: number } | { readonly perSecond: PerSecond }

/** Something that was done to a load while it ran. */
export interface Steered {
  /** Since the load began. */
  readonly at: Ms
  /** `users 10 → 50` */
  readonly text: string
}

/** A load that runs, to those who may steer it; plain data. */
export interface SteerableLoad {
  /** Of this one load: two may have one title. */
  readonly id: string
  /** Of the test, as its run and its ticks have it. */
  readonly title: string
  readonly model: 'closed' | 'open'
  /** What was planned: the most users, or the highest rate. */
  readonly planned: SteerTarget
  /** By its plan, from the start of the load; a phase that is found as it goes is missing. */
  readonly phases: readonly Phase[]
  /** How long it lasts by its plan; `undefined` when iterations end it. */
  readonly length: Ms | undefined
  /** Why it can be stopped only: `a search for capacity finds its loads by itself`. */
  readonly onlyStop?: string | undefined
}

/** A load that does what it is told. */
export interface Steerer {
  describe(): SteerableLoad
  /** Does it, or says why not; never throws. */
  steer(command: SteerCommand): SteerAnswer
}

const KINDS = ['users', 'rate', 'next-phase', 'stop'] as const
const EXAMPLE = "an object like { kind: 'users', users: 50 }"
/** More were a slip of the finger, and would take all memory at once. */
const MOST_USERS = 100_000

/** A command that came from outside. @throws UsageError for what is none */
export function toSteerCommand(input: unknown, path = 'command'): SteerCommand {
  if (typeof input !== 'object' || input === null) throw new UsageError(path, EXAMPLE, input)
  const given: Readonly<Record<string, unknown>> = { ...input }
  const kind = KINDS.find((each) => each === given.kind)
  if (kind === undefined) {
    throw new UsageError(`${path}.kind`, KINDS.map((each) => `'${each}'`).join(', '), given.kind)
  }
  refuseOthers(given, kind, path)
  switch (kind) {
    case 'users':
      return {
        kind,
        users: toUsers(given.users, `${path}.users`),
        ...(given.perSecond !== undefined && {
          perSecond: above0(given.perSecond, `${path}.perSecond`),
        }),
      }
    case 'rate':
      return { kind, perSecond: above0(given.perSecond, `${path}.perSecond`) }
    case 'next-phase':
      return { kind }
    case 'stop': {
      const { force = false } = given
      if (typeof force !== 'boolean') throw new UsageError(`${path}.force`, 'true or false', force)
      return { kind, force }
    }
    default:
      return kind satisfies never
  }
}

const NAMES: Readonly<Record<SteerCommand['kind'], readonly string[]>> = {
  users: ['kind', 'users', 'perSecond'],
  rate: ['kind', 'perSecond'],
  'next-phase': ['kind'],
  stop: ['kind', 'force'],
}

function refuseOthers(
  given: Readonly<Record<string, unknown>>,
  kind: SteerCommand['kind'],
  path: string,
): void {
  const other = Object.keys(given).find((name) => !NAMES[kind].includes(name))
  if (other === undefined) return
  const message = `${path}.${other} is not of '${kind}'; ${knownNames(other, [...NAMES[kind]])}`
  throw UsageError.saying(`${path}.${other}`, message, given[other])
}

function toUsers(input: unknown, path: string): number {
  const users = toCount(input, path)
  if (users <= MOST_USERS) return users
  throw new UsageError(path, `at most ${MOST_USERS}`, input)
}

function above0(input: unknown, path: string): PerSecond {
  const rate = toPerSecond(input, path)
  if (rate > 0) return rate
  throw new UsageError(path, "more than 0, like '10/s'; to end the load, stop it", input)
}
