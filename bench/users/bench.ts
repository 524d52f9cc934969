import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { median } from '../common/median.ts'
import { whole } from '../common/rows.ts'

const USERS = 1_000
const ROUNDS = 3

interface Held {
  readonly rss: number
  readonly held: number
}

/** Memory of idle virtual users above the same process without any. */
export const users: Bench = {
  name: 'users',
  run: async () => {
    await using server = new Child(new URL('../http/server.ts', import.meta.url), {
      core: 'server',
    })
    const url = await server.call<string>('url')
    const ours: Held[] = []
    const bare: Held[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await above('ours', url))
      bare.push(await above('bare', url))
    }
    return {
      title: `users: memory of ${USERS} idle virtual users, one connection each`,
      columns: ['ours', 'peer'],
      rows: [
        row('live objects, KiB a user', ours, bare, 'held'),
        row('process (RSS), KiB a user', ours, bare, 'rss'),
      ],
      notes: ['above the same process before; the peer is as many undici Clients'],
    }
  },
}

/** What users add to a fresh process. */
async function above(side: 'ours' | 'bare', url: string): Promise<Held> {
  const options = { core: 'client', nodeOptions: ['--expose-gc'] } as const
  await using child = new Child(new URL('process.ts', import.meta.url), options)
  await child.call(side, url, 1)
  const empty = await child.call<Held>('memory')
  const full = await child.call<Held>(side, url, USERS)
  return { rss: full.rss - empty.rss, held: full.held - empty.held }
}

function row(label: string, ours: readonly Held[], bare: readonly Held[], what: keyof Held): Row {
  const each = (side: readonly Held[]): number =>
    median(side.map((held) => held[what])) / 1_024 / USERS
  const ratio = `${(each(ours) / each(bare)).toFixed(2)}×`
  return { label, ours: whole(each(ours)), peer: whole(each(bare)), ratio }
}
