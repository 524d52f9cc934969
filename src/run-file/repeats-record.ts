import type { RepeatFigures } from '../load/run-parts.ts'

/** What the run file keeps of each run of a load that was repeated; nothing of one that was not. */
export const toRepeats = (
  repeats: readonly RepeatFigures[] = [],
): readonly RepeatFigures[] | undefined =>
  repeats.length === 0
    ? undefined
    : repeats.map(({ duration, count, failed, throughput, latency: { p50, p95, p99 } }) => ({
        duration,
        count,
        failed,
        throughput,
        latency: { p50, p95, p99 },
      }))
