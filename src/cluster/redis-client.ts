import { formatMs } from '../units/format.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { LinkOptions } from './redis-link.ts'
import type { RedisAddress } from '../units/redis-url.ts'
import { isRefusal, RedisReply, refusalOf } from './redis-errors.ts'
import { RendezvousError } from './rendezvous.ts'

/** What is used of the `redis` package: all else is in our own scripts. */
export interface RedisClient {
  sendCommand(command: readonly string[]): Promise<unknown>
  destroy(): void
}

/** Longest pause between two attempts to connect again. */
const LONGEST_PAUSE = 500

/** @throws RendezvousError when it cannot be reached within the patience, or refuses us */
export async function connectRedis(
  { url, shown }: RedisAddress,
  { clock, patience }: LinkOptions,
): Promise<RedisClient> {
  const { createClient, ErrorReply } = await loadRedis()
  const named = (problem: unknown): unknown =>
    problem instanceof ErrorReply ? new RedisReply(problem.message) : problem
  const client = createClient({
    url,
    RESP: 2,
    // While it is away we ask again ourselves, and can say for how long.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: patience,
      reconnectStrategy: (retries, cause) =>
        isRefusal(cause) ? cause : Math.min(20 * 2 ** retries, LONGEST_PAUSE),
    },
  })
  const last: { problem?: unknown } = {}
  // Without a listener a lost connection would end the process.
  client.on('error', (problem) => (last.problem = named(problem)))
  const over = Promise.withResolvers<never>()
  const timer = clock.setTimeout(() => over.reject(last.problem), patience)
  try {
    await Promise.race([client.connect(), over.promise])
    return {
      sendCommand: (command) =>
        client.sendCommand(command).catch((problem) => Promise.reject(named(problem))),
      destroy: () => client.destroy(),
    }
  } catch (problem) {
    client.destroy()
    throw refusalOf(last.problem ?? named(problem), shown) ?? unreachable(shown, patience, problem)
  } finally {
    clock.clearTimeout(timer)
  }
}

async function loadRedis(): Promise<typeof import('redis')> {
  try {
    return await import('redis')
  } catch (cause) {
    throw UsageError.saying(
      'PERF_RENDEZVOUS',
      'PERF_RENDEZVOUS names a Redis, and the package that speaks with it is not installed: npm i -D redis',
      cause,
    )
  }
}

function unreachable(shown: string, patience: number, problem: unknown): RendezvousError {
  const why = problem instanceof Error ? ` (${messageOf(problem)})` : ''
  return new RendezvousError(
    `Redis at ${shown} cannot be reached within ${formatMs(patience)}${why}. Start it, or correct PERF_RENDEZVOUS`,
  )
}

/** Node says nothing in the message of what failed at several addresses. */
const messageOf = (problem: Error): string =>
  problem.message === '' && 'code' in problem ? String(problem.code) : problem.message
