import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

/** The API first: it is the service under test, whose memory and CPU are watched. */
const server = [
  {
    name: 'api',
    command: 'node service/main.ts',
    cwd: import.meta.dirname,
    env: { PORT: '18000', WORKER_URL: 'http://127.0.0.1:18001' },
    ready: '/api/v1/health/ping',
  },
  {
    name: 'worker',
    command: 'node worker/main.ts',
    cwd: import.meta.dirname,
    env: { PORT: '18001' },
    ready: 'http://127.0.0.1:18001/health',
  },
]

/** How many of each user there are beside the others; the full health check is dear, so it is rare. */
const usual = { 'health check': 3, 'full health check': 1, 'auth flow': 4, 'task monitoring': 2 }

/** `BACKEND_FULL=true` takes the minutes that a profile is meant for; otherwise each takes seconds. */
const full = process.env.BACKEND_FULL === 'true'

const shape = (users: number, perSecond: number, minutes: number) =>
  ({
    users,
    spawnRate: full ? perSecond : perSecond * 5,
    duration: full ? minutes * 60_000 : 8_000,
    weights: usual,
  }) as const

export default defineConfig({
  plugins: [
    perf({
      include: ['tests/**/*.perf.ts'],
      baseUrl: process.env.TARGET_HOST || 'http://127.0.0.1:18000',
      ...(process.env.TARGET_HOST ? {} : { server }),
      timeout: '10s',
      profiles: {
        light: shape(10, 1, 1),
        medium: shape(20, 2, 5),
        heavy: { ...shape(50, 5, 10), weights: { ...usual, 'auth flow': 6 } },
        // What everybody does when something has just come back: look whether it is there.
        spike: {
          ...shape(100, 10, 3),
          weights: { ...usual, 'health check': 6, 'full health check': 0 },
        },
        endurance: shape(50, 1, 30),
      },
    }),
  ],
})
