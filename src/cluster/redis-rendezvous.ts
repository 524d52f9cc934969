import { realClock, type Clock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { measureOffset } from './clock-offset.ts'
import type { Facts } from './facts.ts'
import { lossWatch } from './loss-watch.ts'
import { signalAndWait } from './redis-barrier.ts'
import { keepAlive } from './redis-beat.ts'
import { claimPlace } from './redis-join.ts'
import { redisKeys } from './redis-keys.ts'
import { openRedisLink, type RedisLink } from './redis-link.ts'
import { KEPT_SECONDS, pauseOf, type RedisMember } from './redis-member.ts'
import { getOrCreate } from './redis-once.ts'
import { LEAVE } from './redis-scripts.ts'
import { appender, read } from './redis-stream.ts'
import { readRedisUrl } from '../units/redis-url.ts'
import type { Rendezvous } from './rendezvous.ts'

export interface RedisRendezvousOptions {
  /** `redis://user:password@host:6379/0`, `rediss://…` */
  readonly url: string
  /** The same at every generator of a run, and of no other run. */
  readonly run: string
  /** What they meet for: the attempt of a test. Nobody comes to the same one twice. */
  readonly meeting: string
  /** Of this process, and of no other: another one that claims the same place is refused. */
  readonly nonce: string
  readonly share: Share
  /** What must be the same everywhere: the version of the package, the test file. */
  readonly facts: Facts
  /** After so long a silence a generator, or Redis, is lost. */
  readonly lease?: Ms | undefined
  readonly clock?: Clock | undefined
}

const LEASE: Ms = 10_000

/**
 * Takes the place of a generator in its run, in a Redis that generators of many machines meet in.
 * @throws RendezvousError when the place is taken, when the run is another, when Redis is not there
 */
export async function meetInRedis(options: RedisRendezvousOptions): Promise<Rendezvous> {
  const { clock = realClock, lease: patience = LEASE } = options
  const link = await openRedisLink(readRedisUrl(options.url), { clock, patience })
  return meetOver(link, options)
}

/** The same over a connection that is open; it is closed with the rendezvous. */
export async function meetOver(
  link: RedisLink,
  options: Omit<RedisRendezvousOptions, 'url'>,
): Promise<Rendezvous> {
  const { clock = realClock, lease = LEASE } = options
  try {
    const { run, meeting, nonce, share, facts } = options
    const keys = redisKeys(run, meeting)
    const offset = await measureOffset(clock, () => link.time())
    await claimPlace(link, keys, { run, meeting, share, nonce, facts, lease })
    const broken = new AbortController()
    const ask: RedisMember['ask'] = (script, others, ...args) =>
      link.run(script, [keys.claims, ...others], [share.index, nonce, KEPT_SECONDS, ...args])
    const pause = pauseOf(share.of)
    const name = `run ${run}, ${meeting}`
    const own = {
      run: name,
      meeting,
      share,
      facts,
      keys,
      link,
      clock,
      lease,
      pause,
      ask,
      broken: broken.signal,
    }
    return rendezvousOf(own, broken, offset)
  } catch (problem) {
    link.close()
    throw problem
  }
}

function rendezvousOf(
  member: RedisMember,
  broken: AbortController,
  offset: Rendezvous['clock'],
): Rendezvous {
  const { share, link } = member
  const over = new AbortController()
  const losses = lossWatch()
  const beats = keepAlive(member, losses.found, over.signal).catch((problem: Error) => {
    if (over.signal.aborted) return
    losses.found({ generator: share.index, why: problem.message })
    broken.abort(problem)
  })
  const state = { clock: offset }
  return {
    share,
    get clock() {
      return state.clock
    },
    getOrCreate: (id, make, options) => getOrCreate(member, id, make, options),
    signalAndWait: (event, options) => signalAndWait(member, event, options),
    append: appender(member),
    read: (stream, signal) => read(member, stream, AbortSignal.any([signal, over.signal])),
    synchronize: async () => (state.clock = await measureOffset(member.clock, () => link.time())),
    onLoss: losses.listen,
    close: () => leave(member, over, beats),
  }
}

/** Who leaves a broken run has nothing to say any more. */
async function leave(
  member: RedisMember,
  over: AbortController,
  beats: Promise<void>,
): Promise<void> {
  const { keys, broken, link } = member
  if (over.signal.aborted) return
  over.abort()
  try {
    if (!broken.aborted) await member.ask(LEAVE, [keys.alive, keys.left, keys.sent])
    await beats
  } catch {
    // A Redis that is gone needs no farewell.
  } finally {
    link.close()
  }
}
