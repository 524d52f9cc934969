import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { rows } from '../../src/data/sources.ts'
import { defineUser } from '../../src/load/user-definition.ts'

interface SharedLoad {
  readonly path: string
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
          http.get(`/kinds/look?${kind}=${user}&row=${row}&n=${random.int(0, 1e6)}`, {
            name: 'look',
          }),
      },
      buy: {
        weight: 1,
        run: ({ http, random, row, user }) =>
          http.post(`/kinds/buy?${kind}=${user}&row=${row}&n=${random.int(0, 1e6)}`, {
            name: 'buy',
          }),
      },
    },
  )

/**
 * Loads that several generators run: each is found by its name, as a test file is, and has a folder of the
 * service to itself.
 */
export const SHARED_LOADS = {
  'so many iterations each': {
    path: '/each/',
    options: { users: 8, iterationsPerUser: 5 },
    workload: async ({ http, random, user, iteration }) => {
      await http.get(`/each/a?user=${user}&i=${iteration}&n=${random.int(0, 1e6)}`, { name: 'a' })
      if (random() < 0.5) await http.get(`/each/b?user=${user}&i=${iteration}`, { name: 'b' })
    },
  },
  'kinds of users with unique rows': {
    path: '/kinds/',
    options: { users: 12, iterationsPerUser: 4 },
    workload: [drawing('reader'), drawing('writer')],
  },
  'random and ordered rows': {
    path: '/rows/',
    options: { users: 8, iterationsPerUser: 3 },
    workload: [
      defineUser(
        { name: 'ordered', weight: 1, data: rows(words) },
        {
          go: ({ http, row }) => http.get(`/rows/ordered?row=${row}`, { name: 'ordered' }),
        },
      ),
      defineUser(
        { name: 'random', weight: 1, data: rows(words, { pick: 'random' }) },
        {
          go: ({ http, row, user }) =>
            http.get(`/rows/random?row=${row}&user=${user}`, { name: 'random' }),
        },
      ),
    ],
  },
  'arrivals by chance': {
    path: '/chance/',
    options: { rate: 60, duration: '1500ms', maxUsers: 400, arrivals: 'poisson' },
    workload: ({ http, random }) =>
      http.get(`/chance/open?n=${random.int(0, 1e9)}`, { name: 'open' }),
  },
  'arrivals with rows': {
    path: '/guests/',
    options: { rate: 40, duration: '1500ms', maxUsers: 400 },
    workload: defineUser(
      { name: 'guest', data: rows(words) },
      {
        look: {
          weight: 2,
          run: ({ http, row }) => http.get(`/guests/look?row=${row}`, { name: 'look' }),
        },
        buy: {
          weight: 1,
          run: ({ http, row }) => http.post(`/guests/buy?row=${row}`, { name: 'buy' }),
        },
      },
    ),
  },
  'shared iterations': {
    path: '/shared',
    options: { users: 6, iterations: 50 },
    workload: ({ http }) => http.get('/shared'),
  },
  'half a minute': {
    path: '/long',
    options: { users: 4, duration: '30s', gracefulStop: '2s' },
    workload: async ({ http, pause }) => {
      await http.get('/long')
      await pause('20ms')
    },
  },
  'a service that breaks': {
    path: '/broken',
    options: { users: 4, duration: '30s', abort: { errorRate: '50%', for: '500ms' } },
    workload: async ({ http, pause }) => {
      await http.get('/broken').catch(() => {})
      await pause('5ms')
    },
  },
} satisfies Record<string, SharedLoad>

export type SharedLoadName = keyof typeof SHARED_LOADS
