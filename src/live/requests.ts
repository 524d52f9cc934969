import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toSteerCommand, type SteerCommand } from '../load/steering.ts'
import { toCount, toPerSecond } from '../units/parse.ts'

export interface SteerRequest {
  /** The `id` of a `LiveLoad`; it may be left out when one load runs. */
  readonly load?: string | undefined
  readonly command: SteerCommand
}

/** In watch mode. */
export interface StartRequest {
  /** The `id` of a `StartableTest`. */
  readonly test: string
  readonly users?: number | undefined
  /** Users per second. */
  readonly spawnRate?: number | undefined
}

/** What became of a request. */
export interface Answer {
  /** `users 10 → 50` */
  readonly text: string
}

/** @throws UsageError for what is none */
export function readSteer(body: unknown): SteerRequest {
  const given = fieldsOf(body, ['load', 'command'])
  const { load } = given
  if (load !== undefined && typeof load !== 'string') {
    throw new UsageError('load', 'the id of a load', load)
  }
  return { load, command: toSteerCommand(given.command) }
}

/** @throws UsageError for what is none, with all that is wrong */
export function readStart(body: unknown): StartRequest {
  const { test, users, spawnRate } = fieldsOf(body, ['test', 'users', 'spawnRate'])
  const mistakes = new Mistakes()
  if (typeof test !== 'string') mistakes.add(new UsageError('test', 'the id of a test', test))
  const read = (name: string, given: unknown, parse: typeof toCount): number | undefined =>
    given === undefined || given === null
      ? undefined
      : mistakes.check<number | undefined>(() => parse(given, name), undefined)
  const request = {
    test: String(test),
    users: read('users', users, toCount),
    spawnRate: read('spawnRate', spawnRate, above0),
  }
  mistakes.throwAll('the request')
  return request
}

function above0(input: unknown, path: string): number {
  const rate = toPerSecond(input, path)
  if (rate > 0) return rate
  throw new UsageError(path, 'more than 0, like 5', input)
}

function fieldsOf(body: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new UsageError('the body', 'an object', body)
  }
  const other = Object.keys(body).find((name) => !known.includes(name))
  if (other === undefined) return { ...body }
  throw UsageError.saying(other, `there is no ${other}; ${knownNames(other, known)}`)
}
