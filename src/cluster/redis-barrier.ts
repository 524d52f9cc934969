import { sleep } from '../clock/sleep.ts'
import { formatMs } from '../units/format.ts'
import { lossesOf, missedLoss } from './redis-loss.ts'
import type { RedisMember } from './redis-member.ts'
import { listOf, textsOf } from './redis-reply.ts'
import { ARRIVE, CAME, MISS, OF } from './redis-scripts.ts'
import {
  generatorNames,
  RendezvousError,
  generatorName,
  type Loss,
  type WaitOptions,
} from './rendezvous.ts'

/**
 * Resolves when every generator has come to `event`. @throws RendezvousError that names who is
 * missing: at once when one left or is lost; when the time is over, then the others hear it as well
 */
export async function signalAndWait(
  member: RedisMember,
  event: string,
  { within, signal }: WaitOptions,
): Promise<void> {
  const { keys, clock, share, pause, broken, run } = member
  const until = clock.now() + within
  const ended = signal === undefined ? broken : AbortSignal.any([broken, signal])
  const names = (list: unknown): string =>
    generatorNames(textsOf(list).map(Number).toSorted(rising), share.of)
  for (;;) {
    ended.throwIfAborted()
    const [came, gone, lost] = listOf(
      await member.ask(ARRIVE, [keys.event(event), keys.left, keys.lost, keys.missed]),
    )
    if (Number(came) >= share.of) return
    const losses = await lossesOf(member, lost)
    if (losses.length > 0) throw lostBefore(member, event, losses)
    if (listOf(gone).length > 0) {
      throw new RendezvousError(
        `${run}: ${names(gone)} left before "${event}". Did the test fail, or end early, there?`,
      )
    }
    if (clock.now() >= until) throw await missed(member, event, within)
    await sleep(clock, pause, ended)
  }
}

function lostBefore({ run, share }: RedisMember, event: string, losses: readonly Loss[]): Error {
  const all = losses.map(
    ({ generator, why }) =>
      `${generatorName(generator, share.of)} is lost before "${event}": ${why}`,
  )
  return new RendezvousError(`${run}: ${all.join('; ')}`)
}

async function missed(
  member: RedisMember,
  event: string,
  within: number,
): Promise<RendezvousError> {
  const { run, share, keys } = member
  const came = new Set(textsOf(await member.ask(CAME, [keys.event(event)])).map(Number))
  const all = Array.from({ length: share.of }, (_, index) => index)
  const missing = all.filter((index) => !came.has(index))
  await member.ask(MISS, [keys.missed], missedLoss(event, within), ...missing)
  const names = generatorNames(missing, share.of)
  const where = await whereabouts(member, missing)
  return new RendezvousError(
    `${run}: ${names} did not come to "${event}" within ${formatMs(within)}${where}`,
  )
}

/** Where those are that did not come here: ` (generator 2 of 4 is at b.perf.ts)`. */
async function whereabouts(member: RedisMember, missing: readonly number[]): Promise<string> {
  const { keys, share, meeting } = member
  const places = textsOf(await member.ask(OF, [keys.at], ...missing))
  const found = missing.map((index, nth) => {
    const name = generatorName(index, share.of)
    const place = places[nth]
    if (place === undefined) return `${name} was never there`
    return place === meeting ? `${name} has been here` : `${name} came last to ${place}`
  })
  const more = found.length > MOST_NAMED ? `; and ${found.length - MOST_NAMED} more` : ''
  return ` (${found.slice(0, MOST_NAMED).join('; ')}${more})`
}

const MOST_NAMED = 5

const rising = (left: number, right: number): number => left - right
