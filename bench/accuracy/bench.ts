import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { findCores, UNPINNED } from '../common/cores.ts'
import { median } from '../common/median.ts'

const USERS = 100
const ITERATIONS = 20_000
const ROUNDS = 3
const PERCENTILES = [50, 95, 99]

/** A percentile may be off by either. */
const MOST_SHARE = 0.02
const MOST_MS = 0.5

interface Seen {
  readonly count: number
  readonly percentiles: readonly number[]
}

interface Round {
  readonly ours: Seen
  readonly truth: Seen
}

/** Percentiles as measured, beside those that the server found for the very same requests. */
export const accuracy: Bench = {
  name: 'accuracy',
  run: async () => {
    await using server = new Child(new URL('server.ts', import.meta.url), { core: 'server' })
    await using client = new Child(new URL('ours.ts', import.meta.url), { core: 'client' })
    const url = await server.call<string>('url')
    await client.call('measure', url, USERS, ITERATIONS / 4) // Warm-up.
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await server.call('forget')
      const ours = await client.call<Seen>('measure', url, USERS, ITERATIONS)
      const truth = await server.call<Seen>('truth', PERCENTILES)
      if (ours.count !== truth.count) throw new Error(`${ours.count} of ${truth.count} counted`)
      rounds.push({ ours, truth })
    }
    return {
      title: `accuracy: ${USERS} users, delays log-normal with a median of 20 ms, some 200 ms`,
      columns: ['ours, ms', 'truth, ms'],
      rows: PERCENTILES.map((percentile, index) => row(`p${percentile}`, rounds, index)),
      notes: [
        `medians of ${ROUNDS} rounds of ${ITERATIONS} requests; off by 2 % or 0.5 ms at most`,
        ...(findCores() === undefined ? [UNPINNED] : []),
      ],
    }
  },
}

function row(label: string, rounds: readonly Round[], index: number): Row {
  const of = (pick: (round: Round) => Seen): number =>
    median(rounds.map((round) => pick(round).percentiles[index] ?? Number.NaN))
  const [ours, truth] = [of((round) => round.ours), of((round) => round.truth)]
  const off = ours - truth
  return {
    label,
    ours: ours.toFixed(2),
    peer: truth.toFixed(2),
    ratio: `${((off / truth) * 100).toFixed(1)} %`,
    target: `${off < 0 ? '' : '+'}${off.toFixed(2)} ms`,
    met: Math.abs(off) <= MOST_MS || Math.abs(off) <= MOST_SHARE * truth,
  }
}
