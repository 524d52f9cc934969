import type { Clock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { Ms } from '../units/units.ts'
import { lossesOf } from './redis-loss.ts'
import type { RedisMember } from './redis-member.ts'
import { BEAT } from './redis-scripts.ts'
import type { Loss } from './rendezvous.ts'

/** Several in a lease, so that one that is late costs nothing. */
const beatOf = (lease: Ms): Ms => Math.min(lease / 5, 1_000)

/**
 * The sign of life of one generator, and its look at the others, until the signal aborts.
 * @throws RendezvousError when Redis is lost, or this generator's data in it
 */
export async function keepAlive(
  member: RedisMember,
  onLoss: (loss: Loss) => void,
  over: AbortSignal,
): Promise<void> {
  const { clock, keys, lease } = member
  const judge = judgeOthers(clock, lease)
  const all = [keys.run, keys.who, keys.at, keys.lost, keys.missed, keys.alive, keys.left]
  while (!over.aborted) {
    const reply = await member.ask(BEAT, all, lease, judge.mayJudge() ? 1 : 0)
    judge.renewed()
    for (const loss of await lossesOf(member, reply)) onLoss(loss)
    await sleep(clock, beatOf(lease), over).catch(() => undefined)
  }
}

/**
 * Who was itself away (a frozen process, a Redis that restarted) knows nothing of the others: they
 * get the time of a lease to come back, too.
 */
function judgeOthers(clock: Clock, lease: Ms): { mayJudge(): boolean; renewed(): void } {
  const at = { last: clock.now(), from: clock.now() }
  const look = (): void => {
    if (clock.now() - at.last > lease / 2) at.from = clock.now() + lease
  }
  return {
    mayJudge: () => {
      look()
      return clock.now() >= at.from
    },
    renewed: () => {
      look()
      at.last = clock.now()
    },
  }
}
