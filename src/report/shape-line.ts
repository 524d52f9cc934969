import type { Distribution } from '../metrics/distribution.ts'
import { bucketMiddle } from '../stats/bucket.ts'
import type { HistogramData } from '../stats/histogram.ts'
import { formatMs } from '../units/format.ts'

const BLOCKS = Array.from('▁▂▃▄▅▆▇█')
/** Fewer values have no shape. */
const LEAST = 20
const CELLS = 30

/**
 * The shape of a latency in one line: `2.2 ms ▁▁▃▅██▇▃▁▁ 5.97 s`. From the least to the greatest value by
 * equal factors; a cell is as high as it has values, and a space has none.
 */
export function shapeLine({ histogram, min, max }: Distribution): string | undefined {
  if (histogram.count < LEAST || min === undefined || max === undefined) return undefined
  if (min <= 0 || max / min < 1.1) return undefined
  const cells = countsOf(histogram, min, max)
  const most = Math.max(...cells)
  const line = cells
    .map((count) =>
      count === 0 ? ' ' : (BLOCKS[Math.ceil((count / most) * BLOCKS.length) - 1] as string),
    )
    .join('')
  return `${formatMs(min)} ${line} ${formatMs(max)}`
}

function countsOf({ buckets }: HistogramData, min: number, max: number): readonly number[] {
  const cells = Array.from({ length: CELLS }, () => 0)
  const wide = Math.log(max / min)
  for (let at = 0; at < buckets.length; at += 2) {
    const value = Math.min(max, Math.max(min, bucketMiddle(buckets[at] as number)))
    const cell = Math.min(CELLS - 1, Math.floor((Math.log(value / min) / wide) * CELLS))
    cells[cell] = (cells[cell] ?? 0) + (buckets[at + 1] as number)
  }
  return cells
}
