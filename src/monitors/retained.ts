import { UsageError } from '../errors/usage-error.ts'
import { theilSen } from '../stats/theil-sen.ts'
import { toCount } from '../units/parse.ts'
import type { Bytes } from '../units/units.ts'

export interface RetainedOptions {
  /** Rounds that are judged, each with a collection behind it; at least 5, default 10. */
  rounds?: number
  /** Rounds before them, in which code is compiled and caches fill up; default 2. */
  warmUp?: number
  /** For a service that is not in Node: forces a collection and gives the bytes that are held then. */
  collect?: () => Bytes | Promise<Bytes>
}

/** What one round does; it gives the load's run, or how many requests it made. */
export type RetainedRound = (round: number) => Promise<number | { readonly count: number }>

/** What a service held on to after its requests, by collections of its garbage. */
export interface RetainedSummary {
  readonly kind: 'retained'
  readonly label: string
  /** Bytes for each request, by Theil and Sen over the rounds. */
  readonly perRequest: Bytes
  /** Between these it lies, 95 % sure. */
  readonly lower: Bytes
  readonly upper: Bytes
  /** In the judged rounds. */
  readonly requests: number
  /** What was held after so many requests. */
  readonly points: readonly { readonly requests: number; readonly bytes: Bytes }[]
}

/**
 * Runs the rounds, and between them, when the service is idle, lets it collect its garbage.
 * @throws UsageError for options that are none, and a round that made no requests
 */
export async function measureRetained(
  { rounds = 10, warmUp = 2 }: RetainedOptions,
  round: RetainedRound,
  held: () => Bytes | Promise<Bytes>,
): Promise<RetainedSummary> {
  toCount(rounds, 'retained.rounds', 5)
  toCount(warmUp, 'retained.warmUp', 0)
  for (let each = 0; each < warmUp; each += 1) {
    await requestsOf(round, each)
    await held()
  }
  const points = [{ requests: 0, bytes: await held() }]
  for (let each = 0; each < rounds; each += 1) {
    const before = points.at(-1)?.requests ?? 0
    const requests = before + (await requestsOf(round, warmUp + each))
    points.push({ requests, bytes: await held() })
  }
  const slope = theilSen(points.map(({ requests: x, bytes: y }) => ({ x, y })))
  if (slope === undefined) throw new Error('rounds without requests')
  return {
    kind: 'retained',
    label: 'the service',
    perRequest: slope.slope,
    lower: slope.lower,
    upper: slope.upper,
    requests: points.at(-1)?.requests ?? 0,
    points,
  }
}

async function requestsOf(round: RetainedRound, nth: number): Promise<number> {
  const result: unknown = await round(nth)
  const count =
    typeof result === 'object' && result !== null && 'count' in result ? result.count : result
  if (typeof count === 'number' && Number.isInteger(count) && count > 0) return count
  const expected = "a function that gives the load's run or how many requests it made"
  throw new UsageError('retained(options, round)', expected, result)
}
