import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Most of them wait most of the time: for timers, services, another Vitest.
    maxWorkers: 2,
    // Real processes on a machine that may be busy: slow is not wrong.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    typecheck: { enabled: false },
  },
})
