import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { findCores, UNPINNED } from '../common/cores.ts'
import { median } from '../common/median.ts'
import { compare, tenths } from '../common/rows.ts'
import { GENERATOR_FLAGS } from '../../src/vitest/perf-project.ts'
import { FIRST, GAP, paceOf, TOKENS, WARM_UP } from './pace.ts'
import type { Read } from './ours.ts'

const ROUNDS = 5

/** How far off the server's truth a figure may be, in ms; beyond it the generator must have said so. */
const MOST: Readonly<Record<number, { readonly p50: number; readonly p99: number }>> = {
  500: { p50: 1, p99: 3 },
  2_000: { p50: 10, p99: 10 },
}

interface Side extends Read {
  /** Off what the server found for the very same streams. */
  readonly off50: number
  readonly off99: number
}

/** Times to the first token of paced streams, beside those that the server found for the very same streams. */
export const ttft: Bench = {
  name: 'ttft',
  run: async () => {
    const rows: Row[] = []
    for (const users of Object.keys(MOST).map(Number)) rows.push(...(await rowsOf(users)))
    return {
      title: `ttft: streams of ${TOKENS} tokens, the first after ${FIRST} ms, then one every ${GAP} ms`,
      columns: ['ours', 'bare undici'],
      rows,
      notes: [
        `off what the server found for the same streams; medians of ${ROUNDS} rounds`,
        ...(findCores() === undefined ? [UNPINNED] : []),
      ],
    }
  },
}

async function rowsOf(users: number): Promise<Row[]> {
  await using server = new Child(new URL('server.ts', import.meta.url), { core: 'server' })
  const url = await server.call<string>('url')
  const rounds: { ours: Side; bare: Side }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await side('ours', server, url, users)
    rounds.push({ ours, bare: await side('bare', server, url, users) })
  }
  const of = (name: 'ours' | 'bare', pick: (side: Side) => number): number[] =>
    rounds.map((round) => pick(round[name]))
  const flagged = [...new Set(rounds.flatMap(({ ours }) => ours.flagged))]
  const offBy = (label: string, pick: (side: Side) => number, most: number): Row => {
    const off = median(of('ours', pick))
    const row = { label, ours: signed(off), peer: signed(median(of('bare', pick))) }
    const met = Math.abs(off) <= most || flagged.length > 0
    return { ...row, target: `≤${most} ms, or flagged`, met }
  }
  const { p50, p99 } = MOST[users] ?? { p50: 0, p99: 0 }
  const cpu = { ours: of('ours', (each) => each.cpu), peer: of('bare', (each) => each.cpu) }
  return [
    offBy(`${users}: p50 off by, ms`, (each) => each.off50, p50),
    offBy(`${users}: p99 off by, ms`, (each) => each.off99, p99),
    compare(`${users}: CPU of each token, µs`, cpu, tenths),
    { label: `${users}: flagged`, ours: flagged.length === 0 ? 'no' : flagged.join(', ') },
  ]
}

async function side(
  name: 'ours' | 'bare',
  server: Child,
  url: string,
  users: number,
): Promise<Side> {
  await using client = new Child(new URL(`${name}.ts`, import.meta.url), {
    core: 'client',
    nodeOptions: name === 'ours' ? GENERATOR_FLAGS : [],
  })
  await client.call('read', url, WARM_UP)
  await server.call('truth', 0)
  const read = await client.call<Read>('read', url, paceOf(users))
  const found = await server.call<number[]>('truth', read.count)
  const truth = found.toSorted((left, right) => left - right)
  if (truth.length !== read.count) throw new Error(`${read.count} of ${truth.length} counted`)
  const at = (share: number): number => truth[Math.ceil(share * truth.length) - 1] ?? Number.NaN
  return { ...read, off50: read.p50 - at(0.5), off99: read.p99 - at(0.99) }
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`
