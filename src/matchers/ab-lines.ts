import { amount } from '../limits/amount.ts'
import type { Figure } from '../limits/check.ts'
import type { VerdictUnit } from '../limits/verdict.ts'
import type { ChangeJudgement } from '../load/ab-change.ts'
import type { AbRun } from '../load/ab-run.ts'
import { formatRatio } from '../units/format.ts'

/** What stands behind a change: `base 101 ms, head 113 ms (medians of 30 pairs of blocks)`. */
export function abLines(figure: Figure, found: ChangeJudgement): readonly string[] {
  const { base, head, pairs, detectable } = found
  const unit = unitOf(figure)
  return [
    `base ${amount(unit, base)}, head ${amount(unit, head)} (medians of ${pairs} pairs of blocks)`,
    ...(detectable === undefined || detectable === 0
      ? []
      : [`a change of ${formatRatio(detectable)} would have been found`]),
  ]
}

/** What holds for all of them. */
export function manyLines(ab: AbRun, judged: number): readonly string[] {
  const { saturated, hostBusy, blocks, pairs, asked } = ab
  return [
    ...(judged > 1 ? [`${judged} limits together, corrected by Holm`] : []),
    ...(pairs < asked ? [`ended early: ${pairs} of ${asked} pairs of blocks were measured`] : []),
    ...(saturated > 0
      ? [`the generator was saturated in ${saturated} of ${blocks.length} blocks`]
      : []),
    ...(hostBusy > 0 ? [`the machine was busy in ${hostBusy} of ${blocks.length} blocks`] : []),
  ]
}

function unitOf({ kind }: Figure): VerdictUnit {
  switch (kind) {
    case 'throughput':
    case 'tokensPerSecond':
    case 'goodput':
      return '/s'
    case 'errorRate':
    case 'successRate':
      return 'ratio'
    case 'growth':
    case 'peak':
    case 'plateau':
      return 'bytes'
    case 'slope':
      return 'bytes/s'
    case 'cpu':
      return 'cores'
    case 'percentile':
    case 'mean':
    case 'max':
      return 'ms'
    default:
      return kind satisfies never
  }
}
