import type { Bench } from '../common/bench.ts'
import { duel } from '../common/duel.ts'
import { TOLD } from '../common/told.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'
import { GENERATOR_FLAGS } from '../../src/vitest/perf-project.ts'
import { SOCKETS } from './message.ts'

/** Round trips of scripted users, each on its socket, against a bare loop on ws. */
export const ws: Bench = {
  name: 'ws',
  run: async () => {
    const { ours, told, bare } = await duel(
      import.meta.url,
      { ours: ['ours.ts'], told: ['ours.ts'], bare: ['bare.ts'] },
      { told: GENERATOR_FLAGS },
    )
    return {
      title: `ws: JSON round trips of ${SOCKETS} scripted users, a socket each`,
      columns: ['ours', 'peer'],
      rows: [
        compare('round trips/s, bare ws', pairs(ours, bare, 'perSecond'), whole, { least: 0.85 }),
        compare('  CPU µs each', pairs(ours, bare, 'cpuMicros'), tenths),
        compare(`  ${TOLD}`, pairs(told, bare, 'cpuMicros'), tenths),
      ],
      notes: serverNote([...ours, ...bare]),
    }
  },
}
