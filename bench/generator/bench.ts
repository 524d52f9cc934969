import type { Bench } from '../common/bench.ts'
import { duel } from '../common/duel.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'

/** What a load pays for watching its own process: the same load with one more watch. */
export const generator: Bench = {
  name: 'generator',
  run: async () => {
    const by = await duel(import.meta.url, {
      twice: ['ours.ts', 'twice'],
      once: ['ours.ts', 'once'],
    })
    const { twice, once } = by
    return {
      title: 'generator: a load that is watched twice, beside one that is watched once',
      columns: ['twice', 'once'],
      rows: [
        compare('GET/s', pairs(twice, once, 'perSecond'), whole),
        compare('  CPU µs each', pairs(twice, once, 'cpuMicros'), tenths, { most: 1.05 }),
      ],
      notes: serverNote(Object.values(by).flat()),
    }
  },
}
