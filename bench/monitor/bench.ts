import type { Bench } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { median } from '../common/median.ts'
import { compare, figure, whole } from '../common/rows.ts'

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
      ],
      notes: ['ours has descriptors and threads, too; Linux, from /proc'],
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

async function pss(): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await once('proportional', 4))
  return median(rounds)
}

async function once(name: string, workers: number): Promise<number> {
  await using child = new Child(new URL('costs.ts', import.meta.url), { core: 'client' })
  return await child.call<number>(name, workers)
}
