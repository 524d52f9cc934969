import { alternate } from '../common/alternate.ts'
import type { Bench } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { compare, figure, tenths, whole } from '../common/rows.ts'

const ROUNDS = 60

/** What it costs to record one operation, and what a series holds in the end. */
export const record: Bench = {
  name: 'record',
  run: async () => {
    await using costs = new Child(new URL('costs.ts', import.meta.url), { core: 'client' })
    const nodeOptions = ['--expose-gc']
    const options = { core: 'client', nodeOptions } as const
    await using memory = new Child(new URL('memory.ts', import.meta.url), options)
    const cost = (name: string) => (): Promise<number> => costs.call<number>(name)
    const sides = { histogram: cost('histogram'), hdr: cost('hdr'), series: cost('series') }
    await alternate(sides, 10) // Warm-up.
    const { histogram, hdr, series } = await alternate(sides, ROUNDS)
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
      notes: [`CPU: the fastest of ${ROUNDS} rounds; memory: at 1,000 operations a second`],
    }
  },
}
