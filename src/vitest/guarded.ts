import type { Vitest } from 'vitest/node'

/** Does something of which an error would be taken for one of the tests: it is told, and nothing else. */
export const guardedBy =
  (vitest: () => Vitest | undefined) =>
  async (act: () => void | Promise<void> | undefined): Promise<void> => {
    try {
      await act()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      vitest()?.logger.error(`\n perf: ${why}`)
    }
  }
