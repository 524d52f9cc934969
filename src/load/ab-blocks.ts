import type { Ms, PerSecond } from '../units/units.ts'
import type { AbSide } from './ab-order.ts'
import type { LoadRun } from './load-run.ts'

/** A counted block. */
export interface AbBlock {
  readonly side: AbSide
  /** From the start of the comparison. */
  readonly at: Ms
  readonly count: number
  readonly failed: number
  readonly p50: Ms | undefined
  readonly p95: Ms | undefined
  readonly throughput: PerSecond | undefined
}

/** A block with all that was measured in it. */
export interface MeasuredBlock {
  readonly block: AbBlock
  readonly run: LoadRun
}

/** The runs of two blocks that are compared with each other. */
export type AbPair = Readonly<Record<AbSide, LoadRun>>

export function toBlock(side: AbSide, at: number, run: LoadRun): AbBlock {
  const { count, failed, latency, throughput } = run
  return {
    side,
    at,
    count,
    failed,
    p50: latency.p50,
    p95: latency.p95,
    throughput: throughput.mean,
  }
}

/** The blocks two by two, as they were measured; one that is left alone is in no pair. */
export function pairsOf(blocks: readonly MeasuredBlock[]): readonly AbPair[] {
  return Array.from({ length: Math.floor(blocks.length / 2) }, (_, pair): AbPair => {
    const [first, second] = blocks.slice(2 * pair, 2 * pair + 2)
    if (first === undefined || second === undefined) throw new Error('a pair of one block')
    return first.block.side === 'base'
      ? { base: first.run, head: second.run }
      : { base: second.run, head: first.run }
  })
}
