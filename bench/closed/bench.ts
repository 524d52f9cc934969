import type { Bench } from '../common/bench.ts'
import { Child, type ChildOptions } from '../common/child.ts'
import { figure, tenths } from '../common/rows.ts'
import { GENERATOR_FLAGS } from '../../src/vitest/perf-project.ts'
import type { Crowd } from './process.ts'

const USERS = 2_000
const SECONDS = 12
const MB = 1_000_000

/** Whether many users who think all get their turn, and what they cost. */
export const closed: Bench = {
  name: 'closed',
  run: async () => {
    await using server = new Child(new URL('../http/server.ts', import.meta.url), {
      core: 'server',
    })
    const options: ChildOptions = {
      core: 'client',
      nodeOptions: [...GENERATOR_FLAGS, '--expose-gc'],
    }
    await using child = new Child(new URL('process.ts', import.meta.url), options)
    const url = await server.call<string>('url')
    const { empty, full, failed, iterations } = await child.call<Crowd>(
      'crowd',
      url,
      USERS,
      SECONDS,
    )
    const sorted = iterations.toSorted((left, right) => left - right)
    const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[USERS / 2], sorted.at(-1)]
    return {
      title: `closed: ${USERS} users who think, one connection each`,
      columns: ['ours', 'peer'],
      rows: [
        {
          label: 'least, median, most iterations',
          ours: `${least}, ${middle}, ${most}`,
        },
        figure('the least, of the median', least / middle, tenths, { least: 0.5 }),
        figure("Jain's index of fairness", jain(iterations), thousandths, {
          least: 0.95,
        }),
        figure('process (RSS) above empty, MB', (full.rss - empty.rss) / MB, tenths, {
          most: 100,
        }),
        figure('live objects above empty, MB', (full.held - empty.held) / MB, tenths, {
          most: 100,
        }),
        figure('failed calls', failed, String, { most: 0 }),
      ],
      notes: [
        `${SECONDS} s of calls with 0.5–1.5 s between them, counted while all users were there`,
        'above the same process before its first load; fairness is 1 when all users do as much',
      ],
    }
  },
}

/** (Σx)² / (n · Σx²). @see Jain, Chiu & Hawe, DEC TR-301 (1984) */
function jain(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return sum ** 2 / (values.length * squares)
}

const thousandths = (value: number): string => value.toFixed(3)
