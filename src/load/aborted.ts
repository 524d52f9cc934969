import { formatMs } from '../units/format.ts'
import type { LoadRun } from './load-run.ts'

/**
 * A load that its `abort` option stopped early. What was measured until then is in `run` and in the run
 * file, but a load that was not finished cannot pass.
 */
export class AbortedError extends Error {
  override readonly name = 'AbortedError'
  readonly run: LoadRun

  constructor(run: LoadRun) {
    const why = run.reason ?? 'too many requests failed'
    super(`the load was aborted after ${formatMs(run.elapsed)}: ${why}`)
    this.run = run
  }
}

/** @throws AbortedError when the load was stopped by its `abort` option */
export function assertNotAborted(run: LoadRun): LoadRun {
  if (run.ending === 'aborted') throw new AbortedError(run)
  return run
}
