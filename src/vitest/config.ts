import { inject } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import type { PerfConfig } from './perf-config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the plugin tells the test processes, as JSON text. */
    'vitest-perf': string
  }
}

/** What the plugin told this process. @throws UsageError when the plugin is not in the config */
export function providedConfig(): PerfConfig {
  const text = inject('vitest-perf') as string | undefined
  if (text !== undefined) return JSON.parse(text) as PerfConfig
  throw UsageError.saying(
    'vitest-perf',
    "this test runs outside the perf project: add plugins: [perf({ include: […] })] from 'vitest-perf/plugin' to the Vitest config, with an include that covers this file",
  )
}

/** Whether this process belongs to the perf project. */
export const isPerfProcess = (): boolean =>
  (inject('vitest-perf') as string | undefined) !== undefined
