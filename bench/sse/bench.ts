import type { Bench } from '../common/bench.ts'
import { duel } from '../common/duel.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, whole } from '../common/rows.ts'
import { EVENTS, USERS } from './events.ts'

/** Streams of scripted users against a bare loop on undici and eventsource-parser. */
export const sse: Bench = {
  name: 'sse',
  run: async () => {
    const { ours, bare } = await duel(import.meta.url, { ours: ['ours.ts'], bare: ['bare.ts'] })
    const nanos = (side: typeof ours): { cpuNanos: number }[] =>
      side.map(({ cpuMicros }) => ({ cpuNanos: cpuMicros * 1_000 }))
    return {
      title: `sse: ${USERS} scripted users, ${EVENTS} events back to back, a chunk each`,
      columns: ['ours', 'peer'],
      rows: [
        compare('events/s, bare parser', pairs(ours, bare, 'perSecond'), whole, { least: 0.8 }),
        compare('  CPU ns each', pairs(nanos(ours), nanos(bare), 'cpuNanos'), whole),
      ],
      notes: serverNote([...ours, ...bare]),
    }
  },
}
