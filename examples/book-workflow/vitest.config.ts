import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
import { profiles } from './tests/profiles.ts'

const { PERF_TEST_BASE_URL, BOOK_PORT } = process.env
const port = BOOK_PORT || '18200'

/** The service of this folder; started only when none is named. */
const server = { command: 'node service/main.ts', cwd: import.meta.dirname, ready: '/health' }

export default defineConfig({
  plugins: [
    perf({
      include: ['tests/**/*.perf.ts'],
      baseUrl: PERF_TEST_BASE_URL || `http://127.0.0.1:${port}`,
      ...(PERF_TEST_BASE_URL ? {} : { server }),
      profiles,
      // A stream that says nothing any more has failed, however long a whole answer may take.
      timeout: { firstToken: '20s', stall: '10s' },
    }),
  ],
})
