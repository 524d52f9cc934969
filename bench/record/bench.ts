import { alternate } from '../common/alternate.ts'
import type { Bench } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { compare, figure, tenths, whole } from '../common/rows.ts'

const ROUNDS = 20
/** The compiler takes a slower way in one process of five; the fastest way is what the code costs. */
const PROCESSES = 3

/** What it costs to record one operation, and what a series holds in the end. */
export const record: Bench = {
  name: 'record',
  run: async () => {
    const nodeOptions = ['--expose-gc']
    const options = { core: 'client', nodeOptions } as const
    await using memory = new Child(new URL('memory.ts', import.meta.url), options)
    const { histogram, hdr, series } = await costs()
    await memory.call('series', 1)
    const minute = await memory.call<number>('series', 60)
    const hour = await memory.call<number>('series', 3_600)
    const least = { ours: [Math.min(...histogram)], peer: [Math.min(...hdr)] }
    return {
      title: 'record: one value, CPU time',
      columns: ['ours', 'peer'],
      rows: [
        figure('Histogram.record, ns', Math.min(...histogram), tenths, { most: 10 }),
        compare('  hdr-histogram-js', least, tenths),
        figure('Series.record, ns', Math.min(...series), tenths),
        figure('series of 1 min, KiB', minute / 1_024, whole),
        figure('series of 1 h, KiB', hour / 1_024, whole),
      ],
      notes: [
        `CPU: the fastest of ${ROUNDS * PROCESSES} rounds; memory: at 1,000 operations a second`,
      ],
    }
  },
}

type Costs = Record<'histogram' | 'hdr' | 'series', number[]>

/** CPU in ns for each value, of every round in every process. */
async function costs(): Promise<Costs> {
  const all: Costs = { histogram: [], hdr: [], series: [] }
  for (let process = 0; process < PROCESSES; process++) {
    await using child = new Child(new URL('costs.ts', import.meta.url), { core: 'client' })
    const cost = (name: string) => (): Promise<number> => child.call<number>(name)
    const sides = { histogram: cost('histogram'), hdr: cost('hdr'), series: cost('series') }
    await alternate(sides, 10) // Warm-up.
    const rounds = await alternate(sides, ROUNDS)
    for (const side of Object.keys(all) as (keyof Costs)[]) all[side].push(...rounds[side])
  }
  return all
}
