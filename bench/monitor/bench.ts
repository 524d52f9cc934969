import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { median } from '../common/median.ts'
import { compare, figure, tenths, whole } from '../common/rows.ts'

const ROUNDS = 5

/** What one sample of a watched service costs the process that generates the load. */
export const monitor: Bench = {
  name: 'monitor',
  run: async () => {
    const alone = await sides(0)
    const cluster = await sides(4)
    return {
      title: 'monitor: one sample of a service, CPU time',
      columns: ['ours', 'pidusage'],
      rows: [
        compare('one process, µs', alone, whole, { most: 1 }),
        compare('a cluster of four workers, µs', cluster, whole, { most: 1 }),
        figure('  its PSS, every 2 s or less often, µs', await pss(), whole),
        ...(await inspected()),
      ],
      notes: [
        'ours has descriptors and threads, too; Linux, from /proc',
        'CPU of a request: of a service that is watched through its inspector, and of one that was started without',
      ],
    }
  },
}

async function sides(workers: number): Promise<{ ours: number[]; peer: number[] }> {
  const all = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    all.ours.push(await once('sample', workers))
    all.peer.push(await once('throughPidusage', workers))
  }
  return all
}

/** Heap and event loop of a service in Node, through its inspector. */
async function inspected(): Promise<Row[]> {
  const looks: { ours: number; service: number }[] = []
  const cpu = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    await using child = new Child(new URL('inspected.ts', import.meta.url), { core: 'client' })
    looks.push(await child.call('look'))
    const { ours, peer } = await child.call<{ ours: number; peer: number }>('requests')
    cpu.ours.push(ours)
    cpu.peer.push(peer)
  }
  const of = (side: 'ours' | 'service'): number => median(looks.map((each) => each[side]))
  return [
    figure('heap and event loop, µs', of('ours'), whole, { most: 1_000 }),
    figure('  CPU of the service, µs', of('service'), whole, { most: 1_000 }),
    compare('  CPU of its requests, µs', cpu, tenths, { most: 1.05 }),
  ]
}

async function pss(): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await once('proportional', 4))
  return median(rounds)
}

async function once(name: string, workers: number): Promise<number> {
  await using child = new Child(new URL('costs.ts', import.meta.url), { core: 'client' })
  return await child.call<number>(name, workers)
}
