import type { ClusterPlace } from '../cluster/place.ts'
import type { Share } from '../data/share.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { Ms } from '../units/units.ts'
import { readRedisUrl } from '../units/redis-url.ts'

/** The environment variables that say it. */
export const PLACE_VARIABLES = ['PERF_RUN_ID', 'PERF_GENERATOR', 'PERF_RENDEZVOUS'] as const

/** More would wait for each other longer than they generate. */
const MOST_GENERATORS = 1_000

/**
 * Reads the place of a generator: `PERF_RUN_ID=nightly-17 PERF_GENERATOR=2/4 PERF_RENDEZVOUS=redis://redis`.
 * `undefined` when none of them is set: then it generates alone.
 *
 * @throws UsageError for one without the others, and for what cannot be read, all in one
 */
export function placeOf(
  env: Readonly<Record<string, string | undefined>>,
): ClusterPlace | undefined {
  const given = PLACE_VARIABLES.filter((name) => (env[name] ?? '') !== '')
  if (given.length === 0) return undefined
  const mistakes = new Mistakes()
  for (const name of PLACE_VARIABLES) {
    if (given.includes(name)) continue
    const message = `${name} is not set, and ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'}: generators that meet need all of ${PLACE_VARIABLES.join(', ')}`
    mistakes.add(UsageError.saying(name, message))
  }
  const { PERF_RUN_ID: runId = '', PERF_GENERATOR: generator = '', PERF_RENDEZVOUS = '' } = env
  const place = {
    runId: mistakes.check(() => toRunId(runId), ''),
    share: mistakes.check(() => toShare(generator), { index: 0, of: 1 }),
    rendezvous: mistakes.check(() => toRendezvous(PERF_RENDEZVOUS), ''),
    joinTimeout: mistakes.check(() => toJoinTimeout(env.PERF_JOIN_TIMEOUT), JOIN_TIMEOUT),
  }
  mistakes.throwAll('PERF_GENERATOR')
  return place
}

function toRunId(input: string): string {
  if (input === '' || /^[\w.:-]{1,100}$/.test(input)) return input
  const expected = 'up to 100 letters, digits, and . : - _'
  throw new UsageError('PERF_RUN_ID', expected, input)
}

/** `2/4`, counted from 1 as Vitest's `--shard` is. @throws UsageError */
export function toShare(input: string): Share {
  const [, number, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(input) ?? ['', '1', '1']
  const share = { index: Number(number) - 1, of: Number(of) }
  const isShare = input === '' || /^\d{1,6}\/\d{1,6}$/.test(input)
  const { index } = share
  if (isShare && index >= 0 && index < share.of && share.of <= MOST_GENERATORS) return share
  const expected = `a generator and how many there are, counted from 1 and at most ${MOST_GENERATORS}, such as 2/4`
  throw new UsageError('PERF_GENERATOR', expected, input)
}

function toRendezvous(input: string): string {
  if (input === '' || /^local:./.test(input)) return input
  return readRedisUrl(input).url
}

/** Machines are given, images fetched, dependencies installed: seldom at the same time. */
const JOIN_TIMEOUT: Ms = 120_000

function toJoinTimeout(input = ''): Ms {
  return input === '' ? JOIN_TIMEOUT : toMs(input, 'PERF_JOIN_TIMEOUT')
}
