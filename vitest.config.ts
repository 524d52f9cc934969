import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Most of them wait most of the time: for timers, services, another Vitest.
    maxWorkers: 2,
    typecheck: { enabled: false },
  },
})
