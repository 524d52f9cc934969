import { hostname } from 'node:os'
import type { Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { differences, readFacts, writeFacts, type Facts } from './facts.ts'
import type { RedisKeys } from './redis-keys.ts'
import type { RedisLink } from './redis-link.ts'
import { lossText } from './redis-loss.ts'
import { KEPT_SECONDS } from './redis-member.ts'
import { textsOf } from './redis-reply.ts'
import { JOIN } from './redis-scripts.ts'
import { generatorName, RendezvousError } from './rendezvous.ts'

/** Who claims which place. */
export interface Claim {
  readonly run: string
  readonly meeting: string
  readonly share: Share
  readonly nonce: string
  readonly facts: Facts
  readonly lease: Ms
}

/** Claims the place of a generator. @throws RendezvousError when it is taken, or the run another */
export async function claimPlace(link: RedisLink, keys: RedisKeys, claim: Claim): Promise<void> {
  const { share, nonce, facts, lease, meeting } = claim
  const me = `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}`
  const run = [keys.claims, keys.run, keys.who, keys.at, keys.lost]
  const args = [share.index, nonce, KEPT_SECONDS, me, writeFacts(facts), share.of, lease, meeting]
  const reply = await link.run(JOIN, [...run, keys.missed, keys.alive, keys.left], args)
  const [state = '', first = '', second = ''] = textsOf(reply)
  if (state !== 'joined') throw new RendezvousError(refusal(claim, state, first, second))
}

function refusal(
  { run, share, facts }: Claim,
  state: string,
  first: string,
  second: string,
): string {
  const here = generatorName(share.index, share.of)
  if (state === 'taken') {
    return (
      `${here} of run ${run} is taken: by ${first}. ` +
      'Give every run a PERF_RUN_ID, and every generator a PERF_GENERATOR, of its own'
    )
  }
  if (state === 'other') {
    return (
      `${here} does not belong to run ${run}, begun by ${second}:\n` +
      `${differences(facts, readFacts(first))}\n` +
      'Start the same package and tests everywhere, and give every run a PERF_RUN_ID of its own'
    )
  }
  const gone = `${generatorName(Number(first), share.of)}: ${lossText(second, facts)}`
  return `${here} cannot take part, run ${run} has been given up: ${gone}`
}
