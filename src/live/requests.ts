import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toSteerCommand, type SteerCommand } from '../load/steering.ts'
import { toCount, toPerSecond } from '../units/parse.ts'

/**
 * The routes of the dashboard. Each but `GET /` wants the token of its address: as `Authorization: Bearer <token>`,
 * or, for GET only, as `?token=<token>`. Who has no token gets 401. An error is `{ "error": "why" }`.
 *
 * - `GET /`: the page. It has no data in it. The token is in the fragment of its address, `#token=…`, which no
 *   browser sends anywhere: the page keeps it in its `sessionStorage`, which is of this port alone. (A cookie
 *   would go to every port of this machine, that of the service under test included.)
 * - `GET /events`: server-sent events, see `ServerEvents`.
 * - `POST /steer`: a `SteerRequest` as JSON. 200 with an `Answer`; 409 when the load does not take that, or is over;
 *   400 for a body that means nothing.
 * - `POST /start`: a `StartRequest` as JSON. 202 with an `Answer`; 409 outside of watch mode, and while a run goes on.
 * - `GET /download/report.html`, `run.json`, `report.md`, `stats.csv`, `stats_history.csv`, `failures.csv` and
 *   `exceptions.csv`: of what is kept so far. `?load=2` is the second load, where there are several; else it is
 *   the last one.
 * - `GET /stats/requests`, `GET /stats/requests/csv`: as Locust answers them.
 */
export type Route = '/' | '/events' | '/steer' | '/start'

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
