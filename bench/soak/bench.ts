import type { Bench } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { figure, tenths } from '../common/rows.ts'

const SAMPLES = 1e7

interface Soaked {
  readonly held: readonly number[]
  readonly journal: number
  readonly cpu: number
}

/** What the generator keeps of half an hour with ten million operations, and what it costs to keep it safe. */
export const soak: Bench = {
  name: 'soak',
  run: async () => {
    const nodeOptions = ['--expose-gc']
    const url = new URL('memory.ts', import.meta.url)
    await using child = new Child(url, { core: 'client', nodeOptions })
    const { held, journal, cpu } = await child.call<Soaked>('soak', SAMPLES)
    const [ten = NaN, twenty = NaN, thirty = NaN] = held
    return {
      title: 'soak: half an hour, ten million operations of five endpoints',
      columns: ['ours', 'peer'],
      rows: [
        figure('held after 10 min, MB', ten / 1e6, tenths),
        figure('held after 20 min, MB', twenty / 1e6, tenths),
        figure('held after 30 min, MB', thirty / 1e6, tenths, { most: 100 }),
        figure('30 min / 20 min', thirty / twenty, tenths, { most: 1.1 }),
        figure('journal: CPU ms each second', cpu, tenths, { most: 10 }),
        figure('journal: MB on the disk', journal / 1e6, tenths, { most: 12 }),
      ],
      notes: ['with a clock of its own: seconds pass as fast as they can be recorded'],
    }
  },
}
