import { toConnectionMode, type ConnectionMode } from '../clients/connection-mode.ts'
import { toTimeouts, type TimeoutOptions, type Timeouts } from '../clients/timeouts.ts'
import { knownNames } from '../errors/nearest.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Limits } from '../limits/grammar.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/** A closed load: so many users, each starting its next iteration when the last has ended. */
export interface LoadOptions {
  /** Virtual users at work at once. */
  readonly users: number
  /** The users start one after the other over this time, which is not judged. Default 0. */
  readonly rampUp?: DurationInput | undefined
  /** All users at work, not judged yet. Default 0. */
  readonly warmUp?: DurationInput | undefined
  /** The judged time. Either this or `iterations`. */
  readonly duration?: DurationInput | undefined
  /** Iterations in all, shared by the users; each of them is judged, ramp-up included. */
  readonly iterations?: number | undefined
  /** How long open iterations may go on after the end before they are cut off. Default 30 s. */
  readonly gracefulStop?: DurationInput | undefined
  /** When a load of `iterations` ends at the latest. Default 10 min. */
  readonly maxDuration?: DurationInput | undefined
  readonly connection?: ConnectionMode | undefined
  /** Of every call: the total time, or its parts. */
  readonly timeout?: DurationInput | TimeoutOptions | undefined
  /** Judged by `expect(run).toMeetLimits()`; a mistake in them is known before any traffic. */
  readonly limits?: Limits | undefined
  /** Of `random`; the summary says which was used. */
  readonly seed?: number | undefined
}

/** The options in numbers. */
export interface LoadPlan {
  readonly users: number
  readonly rampUp: Ms
  readonly warmUp: Ms
  /** One of the two is there. */
  readonly duration: Ms | undefined
  readonly iterations: number | undefined
  readonly gracefulStop: Ms
  readonly maxDuration: Ms
  readonly connection: ConnectionMode
  readonly timeouts: Timeouts
  readonly limits: Limits | undefined
  readonly seed: number | undefined
}

const KNOWN = [
  'users',
  'rampUp',
  'warmUp',
  'duration',
  'iterations',
  'gracefulStop',
  'maxDuration',
  'connection',
  'timeout',
  'limits',
  'seed',
]

/** Every option checked; all mistakes come in one error. @throws UsageError */
export function planLoad(input: unknown, timeouts: Timeouts, path = 'load'): LoadPlan {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(`${path} options`, "an object like { users: 10, duration: '30s' }", input)
  }
  const options = input as Readonly<Record<string, unknown>>
  const mistakes = new Mistakes()
  const check: Mistakes['check'] = (parse, fallback) => mistakes.check(parse, fallback)
  const duration = (name: string, fallback: Ms): Ms =>
    options[name] === undefined
      ? fallback
      : check(() => toMs(options[name], `${path}.${name}`), fallback)
  const count = (name: string, least: number): number | undefined =>
    options[name] === undefined
      ? undefined
      : check(() => toCount(options[name], `${path}.${name}`, least), least)
  for (const name of Object.keys(options)) check(() => known(name, path), undefined)
  const users = check(() => toCount(options.users, `${path}.users`), 1)
  const plan: LoadPlan = {
    users,
    rampUp: duration('rampUp', 0),
    warmUp: duration('warmUp', 0),
    duration: options.duration === undefined ? undefined : duration('duration', 1),
    iterations: count('iterations', 1),
    gracefulStop: duration('gracefulStop', 30_000),
    maxDuration: duration('maxDuration', 600_000),
    connection: check(
      () => toConnectionMode(options.connection ?? 'perUser', `${path}.connection`),
      'perUser',
    ),
    timeouts: check(
      () => toTimeouts(options.timeout as LoadOptions['timeout'], `${path}.timeout`, timeouts),
      timeouts,
    ),
    limits: check(() => limitsOf(options.limits, `${path}.limits`), undefined),
    seed: count('seed', 0),
  }
  check(() => contradictions(plan, options, path), undefined)
  mistakes.throwAll(path)
  return plan
}

function limitsOf(input: unknown, path: string): Limits | undefined {
  if (input === undefined) return undefined
  parseLimits(input, path)
  return input as Limits
}

function known(name: string, path: string): void {
  if (KNOWN.includes(name)) return
  throw UsageError.saying(
    `${path}.${name}`,
    `${path}.${name} is not an option; ${knownNames(name, KNOWN)}`,
  )
}

function contradictions(
  plan: LoadPlan,
  options: Readonly<Record<string, unknown>>,
  path: string,
): void {
  if ((plan.duration === undefined) === (plan.iterations === undefined)) {
    const given = plan.duration === undefined ? 'neither' : 'both'
    throw UsageError.saying(
      path,
      `${path} must have either duration ('30s') or iterations (200), got ${given}`,
    )
  }
  if (plan.duration === 0)
    throw new UsageError(`${path}.duration`, "longer than nothing, like '30s'", options.duration)
  if (plan.duration !== undefined && options.maxDuration !== undefined) {
    throw UsageError.saying(
      `${path}.maxDuration`,
      `${path}.maxDuration bounds a load of iterations; with duration leave it out`,
    )
  }
}
