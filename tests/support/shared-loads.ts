import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { rows } from '../../src/data/sources.ts'
import { defineUser } from '../../src/load/user-definition.ts'

interface SharedLoad {
  readonly options: LoadOptions
  readonly workload: Workload
}

const words = Array.from({ length: 40 }, (_, row) => `word-${row}`)

/** Every request says who sent it, what was drawn, and which row it had. */
const drawing = (kind: string) =>
  defineUser(
    { name: kind, data: rows(words, { pick: 'unique' }) },
    {
      look: {
        weight: 2,
        run: ({ http, random, row, user }) =>
          http.get(`/look?${kind}=${user}&row=${String(row)}&n=${random.int(0, 1e6)}`, {
            name: 'look',
          }),
      },
      buy: {
        weight: 1,
        run: ({ http, random, row, user }) =>
          http.post(`/buy?${kind}=${user}&row=${String(row)}&n=${random.int(0, 1e6)}`, {
            name: 'buy',
          }),
      },
    },
  )

/** Loads that several generators run: each is found by its name, as a test file is. */
export const SHARED_LOADS = {
  'so many iterations each': {
    options: { users: 8, iterationsPerUser: 5 },
    workload: async ({ http, random, user, iteration }) => {
      await http.get(`/a?user=${user}&i=${iteration}&n=${random.int(0, 1e6)}`, { name: 'a' })
      if (random() < 0.5) await http.get(`/b?user=${user}&i=${iteration}`, { name: 'b' })
    },
  },
  'kinds of users with unique rows': {
    options: { users: 12, iterationsPerUser: 4 },
    workload: [drawing('reader'), drawing('writer')],
  },
  'random and ordered rows': {
    options: { users: 8, iterationsPerUser: 3 },
    workload: [
      defineUser(
        { name: 'ordered', weight: 1, data: rows(words) },
        {
          go: ({ http, row }) => http.get(`/ordered?row=${String(row)}`, { name: 'ordered' }),
        },
      ),
      defineUser(
        { name: 'random', weight: 1, data: rows(words, { pick: 'random' }) },
        {
          go: ({ http, row, user }) =>
            http.get(`/random?row=${String(row)}&user=${user}`, { name: 'random' }),
        },
      ),
    ],
  },
  'arrivals by chance': {
    options: { rate: 60, duration: '1500ms', maxUsers: 40, arrivals: 'poisson' },
    workload: ({ http, random }) => http.get(`/open?n=${random.int(0, 1e9)}`, { name: 'open' }),
  },
  'arrivals with rows': {
    options: { rate: 40, duration: '1500ms', maxUsers: 40 },
    workload: defineUser(
      { name: 'guest', data: rows(words) },
      {
        look: {
          weight: 2,
          run: ({ http, row }) => http.get(`/look?row=${String(row)}`, { name: 'look' }),
        },
        buy: {
          weight: 1,
          run: ({ http, row }) => http.post(`/buy?row=${String(row)}`, { name: 'buy' }),
        },
      },
    ),
  },
  'shared iterations': {
    options: { users: 6, iterations: 50 },
    workload: ({ http }) => http.get('/shared'),
  },
  'half a minute': {
    options: { users: 4, duration: '30s', gracefulStop: '2s' },
    workload: async ({ http, pause }) => {
      await http.get('/long')
      await pause('20ms')
    },
  },
  'a service that breaks': {
    options: { users: 4, duration: '30s', abort: { errorRate: '50%', for: '500ms' } },
    workload: async ({ http, pause }) => {
      await http.get('/broken').catch(() => {})
      await pause('5ms')
    },
  },
} satisfies Record<string, SharedLoad>

export type SharedLoadName = keyof typeof SHARED_LOADS
