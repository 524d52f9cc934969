import { seededRandom } from '../stats/random.ts'

export type AbSide = 'base' | 'head'

/**
 * Which side each block is of: pairs of one block each, by twos the other way round (AB BA or BA AB, as the
 * seed tosses). So whatever changes evenly while it lasts (a heap that grows, a machine that gets warm)
 * falls on both alike, and nothing that comes by the clock meets one side only.
 */
export function blockOrder(pairs: number, seed: number): readonly AbSide[] {
  const random = seededRandom(seed)
  const order: AbSide[] = []
  let first: AbSide = 'base'
  for (let pair = 0; pair < pairs; pair++) {
    first = pair % 2 === 1 ? otherOf(first) : random() < 0.5 ? 'base' : 'head'
    order.push(first, otherOf(first))
  }
  return order
}

const otherOf = (side: AbSide): AbSide => (side === 'base' ? 'head' : 'base')
