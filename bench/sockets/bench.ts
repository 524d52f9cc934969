import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { duel } from '../common/duel.ts'
import { median } from '../common/median.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'

const SOCKETS = 1_000
const ROUNDS = 3

interface Held {
  readonly rss: number
  readonly held: number
}

/** Opening sockets, and what an open one costs, against bare ws. */
export const sockets: Bench = {
  name: 'sockets',
  run: async () => {
    const { ours, bare } = await duel(import.meta.url, { ours: ['ours.ts'], bare: ['bare.ts'] })
    const memory = await compareMemory()
    return {
      title: `sockets: opened and closed one after the other; ${SOCKETS} idle ones`,
      columns: ['ours', 'peer'],
      rows: [
        compare('connections/s, bare ws', pairs(ours, bare, 'perSecond'), whole, { least: 0.7 }),
        compare('  CPU µs each', pairs(ours, bare, 'cpuMicros'), whole),
        ...memory,
      ],
      notes: serverNote([...ours, ...bare]),
    }
  },
}

async function compareMemory(): Promise<Row[]> {
  await using server = new Child(new URL('server.ts', import.meta.url), { core: 'server' })
  const url = await server.call<string>('url')
  const ours: Held[] = []
  const bare: Held[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await above('ours', url))
    bare.push(await above('bare', url))
  }
  return [
    row('live objects, KiB a socket', ours, bare, 'held'),
    row('process (RSS), KiB a socket', ours, bare, 'rss'),
  ]
}

/** What sockets add to a fresh process. */
async function above(side: 'ours' | 'bare', url: string): Promise<Held> {
  const options = { core: 'client', nodeOptions: ['--expose-gc'] } as const
  await using child = new Child(new URL('process.ts', import.meta.url), options)
  await child.call(side, url, 1)
  const empty = await child.call<Held>('memory')
  const full = await child.call<Held>(side, url, SOCKETS)
  return { rss: full.rss - empty.rss, held: full.held - empty.held }
}

function row(label: string, ours: readonly Held[], bare: readonly Held[], what: keyof Held): Row {
  const each = (side: readonly Held[]): number =>
    median(side.map((held) => held[what])) / 1_024 / SOCKETS
  const ratio = `${(each(ours) / each(bare)).toFixed(2)}×`
  return { label, ours: tenths(each(ours)), peer: tenths(each(bare)), ratio }
}
