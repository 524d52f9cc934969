import type { Clock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { RendezvousError } from './rendezvous.ts'
import { connectRedis, type RedisClient } from './redis-client.ts'
import { refusalOf, passesBy } from './redis-errors.ts'
import type { RedisScript } from './redis-scripts.ts'
import type { RedisAddress } from '../units/redis-url.ts'

/** A connection that comes back by itself. Whatever it runs may run twice: all scripts allow that. */
export interface RedisLink {
  readonly shown: string
  /** @throws RendezvousError when there is no answer within the patience, or a refusal */
  run(script: RedisScript, keys: readonly string[], args: readonly Argument[]): Promise<unknown>
  /** What the server's clock says: ms since 1970, to the microsecond. One attempt. */
  time(): Promise<Ms>
  close(): void
}

export type Argument = string | number

export interface LinkOptions {
  readonly clock: Clock
  /** How long a Redis may be out of reach. */
  readonly patience: Ms
}

/** Between two attempts. */
const PAUSE: Ms = 50

/** @throws RendezvousError when Redis cannot be reached; UsageError when the package is missing */
export async function openRedisLink(
  address: RedisAddress,
  options: LinkOptions,
): Promise<RedisLink> {
  const client = await connectRedis(address, options)
  const { shown } = address
  return {
    shown,
    run: (script, keys, args) =>
      untilAnswered(shown, options, () => evaluate(client, script, keys, args)),
    time: async () => readTime(await bounded(client.sendCommand(['TIME']), options)),
    close: () => client.destroy(),
  }
}

/** By its digest, which is short; a server that does not know it (yet, or since a restart) gets the text. */
async function evaluate(
  client: RedisClient,
  { sha, text }: RedisScript,
  keys: readonly string[],
  args: readonly Argument[],
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...args.map(String)]
  try {
    return await client.sendCommand(['EVALSHA', sha, ...rest])
  } catch (problem) {
    if (!(problem instanceof Error && problem.message.startsWith('NOSCRIPT'))) throw problem
    return client.sendCommand(['EVAL', text, ...rest])
  }
}

async function untilAnswered<T>(
  shown: string,
  options: LinkOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const { clock, patience } = options
  const until = clock.now() + patience
  for (;;) {
    try {
      return await bounded(attempt(), { clock, patience: Math.max(until - clock.now(), PAUSE) })
    } catch (problem) {
      const refused = refusalOf(problem, shown)
      if (refused !== undefined && !passesBy(problem)) throw refused
      if (clock.now() + PAUSE >= until) throw silent(shown, patience, problem)
    }
    await sleep(clock, PAUSE)
  }
}

/** A frozen server holds its connections open, and answers nothing. */
async function bounded<T>(answer: Promise<T>, { clock, patience }: LinkOptions): Promise<T> {
  const over = Promise.withResolvers<never>()
  const timer = clock.setTimeout(() => over.reject(undefined), patience)
  try {
    return await Promise.race([answer, over.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}

function silent(shown: string, patience: Ms, problem: unknown): RendezvousError {
  const why = problem instanceof Error ? ` (${problem.message})` : ''
  return new RendezvousError(
    `Redis at ${shown} gave no answer for ${formatMs(patience)}${why}: is it still running, and can it be reached?`,
  )
}

/** `TIME` gives seconds and microseconds. */
function readTime(reply: unknown): Ms {
  const [seconds, micros] = Array.isArray(reply) ? reply.map(Number) : []
  return (seconds ?? Number.NaN) * 1_000 + (micros ?? Number.NaN) / 1_000
}
