import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
import { profiles } from './tests/sizes.ts'

const { BTC_API_URL, BTC_PORT } = process.env

export default defineConfig({
  plugins: [
    perf({
      include: ['tests/**/*.perf.ts'],
      baseUrl: BTC_API_URL || `http://127.0.0.1:${BTC_PORT || '18200'}`,
      // Started only when no service is named.
      ...(BTC_API_URL
        ? {}
        : {
            server: {
              command: 'node service/main.ts',
              cwd: import.meta.dirname,
              ready: '/health',
            },
          }),
      profiles,
    }),
  ],
})
