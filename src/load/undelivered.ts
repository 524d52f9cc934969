import { formatMs } from '../units/format.ts'
import type { LoadRun } from './load-run.ts'

/**
 * A load that ended before it was delivered. What it did deliver is in `run` and in the run file, but no
 * limit can be judged by it: the iterations that are missing may be the slow ones.
 */
export class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError'
  readonly run: LoadRun

  constructor(run: LoadRun) {
    const { count, aborted } = run.iterations
    const asked = run.shape.iterations ?? count
    super(
      `the load was not delivered: ${count} of ${asked} iterations had ended after ${formatMs(run.elapsed)}, ` +
        `${aborted} were cut off. Allow more with maxDuration, use more users, or find out what is slow`,
    )
    this.run = run
  }
}

/** @throws UndeliveredError when the load's own deadline ended it */
export function assertDelivered(run: LoadRun): LoadRun {
  if (run.ending === 'deadline') throw new UndeliveredError(run)
  return run
}
