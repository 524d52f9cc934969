import type { Bench } from '../common/bench.ts'
import { duel } from '../common/duel.ts'
import { TOLD } from '../common/told.ts'
import { serverNote } from '../common/notes.ts'
import { compare, pairs, tenths, whole } from '../common/rows.ts'
import { GENERATOR_FLAGS } from '../../src/vitest/perf-project.ts'
import { USERS } from './variant.ts'

const MOST_CPU = { most: 1.15 }

/** Scripted users against a bare undici loop, and against autocannon, which runs no user code. */
export const http: Bench = {
  name: 'http',
  run: async () => {
    const sides = {
      cannon: ['cannon.ts'],
      get: ['ours.ts', 'get'],
      told: ['ours.ts', 'get'],
      bareGet: ['bare.ts', 'get'],
      json: ['ours.ts', 'json'],
      bareJson: ['bare.ts', 'json'],
      post: ['ours.ts', 'post'],
      barePost: ['bare.ts', 'post'],
    } as const
    const by = await duel(import.meta.url, sides, { told: GENERATOR_FLAGS })
    const { cannon, get, told, bareGet, json, bareJson, post, barePost } = by
    return {
      title: `http: ${USERS} scripted users, keep-alive, one small JSON answer`,
      columns: ['ours', 'peer'],
      rows: [
        compare('GET/s, bare undici', pairs(get, bareGet, 'perSecond'), whole),
        compare('  CPU µs each', pairs(get, bareGet, 'cpuMicros'), tenths, MOST_CPU),
        compare(`  ${TOLD}`, pairs(told, bareGet, 'cpuMicros'), tenths),
        compare('GET, json()/s, bare undici', pairs(json, bareJson, 'perSecond'), whole),
        compare('  CPU µs each', pairs(json, bareJson, 'cpuMicros'), tenths, MOST_CPU),
        compare('POST, json()/s, bare undici', pairs(post, barePost, 'perSecond'), whole),
        compare('  CPU µs each', pairs(post, barePost, 'cpuMicros'), tenths, MOST_CPU),
        compare('GET/s, autocannon', pairs(get, cannon, 'perSecond'), whole, { least: 0.8 }),
        compare('  CPU µs each', pairs(get, cannon, 'cpuMicros'), tenths),
      ],
      notes: serverNote(Object.values(by).flat()),
    }
  },
}
