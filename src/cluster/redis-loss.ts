import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { differences, readFacts, type Facts } from './facts.ts'
import type { RedisMember } from './redis-member.ts'
import { pairsOf, textsOf } from './redis-reply.ts'
import { OF } from './redis-scripts.ts'
import type { Loss } from './rendezvous.ts'

/** Why a generator is lost, as Redis keeps it for the others. */
export const missedLoss = (event: string, within: Ms): string => `missed:${within}:${event}`

/** `it gave no sign of life for 10s`: goes on after the name of the generator. */
export function lossText(why: string, here: Facts): string {
  const [kind = '', first = ''] = why.split(':')
  const rest = why.slice(kind.length + 1)
  switch (kind) {
    case 'missed':
      return `it did not come to "${rest.slice(first.length + 1)}" within ${formatMs(Number(first))}`
    case 'other':
      return `it would run something else:\n${differences(here, readFacts(rest))}`
    default:
      return `it gave no sign of life for ${formatMs(Number(first))}`
  }
}

/** Losses as Redis has them, each with who it was. */
export async function lossesOf(member: RedisMember, reply: unknown): Promise<Loss[]> {
  const lost = pairsOf(reply)
  if (lost.length === 0) return []
  const generators = lost.map(([generator]) => generator)
  const who = textsOf(await member.ask(OF, [member.keys.who], ...generators))
  return lost.map(([generator, why], at) => {
    const known = who[at] === undefined ? '' : ` (${who[at]})`
    return { generator: Number(generator), why: `${lossText(why, member.facts)}${known}` }
  })
}
