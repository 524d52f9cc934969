import { amount } from '../limits/amount.ts'
import type { AbChangeRecord, AbRecord } from '../run-file/search-records.ts'
import { formatMs, formatRate, formatRatio } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted, MISSING } from './figures.ts'
import { usersOf } from './load-facts.ts'

export const AB_HEAD = ['', 'base', 'head', 'worse by', 'between', 'would see']

/** A figure of both sides as the columns of a table, and what the blocks say of it. */
export interface ChangeRow {
  readonly cells: readonly string[]
  readonly surely: 'worse' | 'better' | undefined
}

/** `http://127.0.0.1:8080 (base) against http://127.0.0.1:8081 (head)`. */
export const sidesOf = ({ base, head }: AbRecord): string =>
  base === head
    ? `${cleanText(base)} with itself: what is found here is chance`
    : `base ${cleanText(base)}, head ${cleanText(head)}`

/** `30 pairs of blocks of 2 s · 10 users · 2m 4s · seed 43`. */
export function abFacts({ pairs, blockTime, shape, elapsed, seed }: AbRecord): string {
  const load = shape.model === 'open' ? formatRate(shape.stretches[0]?.to ?? 0) : usersOf(shape)
  const blocks = `${counted(pairs, 'pair')} of blocks of ${formatMs(blockTime)}`
  return [blocks, load, formatMs(elapsed), `seed ${seed}`].join(' · ')
}

/** What a reader must know before believing the figures. */
export function abWarnings({
  ending,
  pairs,
  asked,
  saturated,
  hostBusy,
  blocks,
}: AbRecord): readonly string[] {
  const of = `of ${counted(blocks.length, 'block')}`
  return [
    ...(ending === 'complete' ? [] : [`interrupted after ${pairs} of ${counted(asked, 'pair')}`]),
    ...(saturated > 0 ? [`the generator was saturated in ${saturated} ${of}`] : []),
    ...(hostBusy > 0 ? [`the machine was busy in ${hostBusy} ${of}`] : []),
  ]
}

export const changeRows = ({ changes }: AbRecord): readonly ChangeRow[] => changes.map(toRow)

function toRow(change: AbChangeRecord): ChangeRow {
  const { low = -Infinity, high = Infinity, detectable } = change
  const surely = low > 0 ? 'worse' : high < 0 ? 'better' : undefined
  return {
    surely,
    cells: [
      cleanText(nameOf(change)),
      side(change, change.base),
      side(change, change.head),
      change.change === undefined ? '∞' : formatRatio(change.change),
      `[${percent(low)}, ${percent(high)}]`,
      detectable === undefined || detectable === 0 ? MISSING : formatRatio(detectable),
    ],
  }
}

const nameOf = ({ metric, request }: AbChangeRecord): string =>
  request === undefined ? (WORDS[metric] ?? metric) : `${metric} ${request}`

const WORDS: Readonly<Record<string, string>> = { errorRate: 'failed' }

const percent = (ratio: number): string =>
  Number.isFinite(ratio) ? formatRatio(ratio).replace(' %', '') : '…'

function side({ metric }: AbChangeRecord, value: number | undefined): string {
  if (value === undefined) return '∞'
  const unit = metric === 'throughput' ? '/s' : metric === 'errorRate' ? 'ratio' : 'ms'
  return amount(unit, value)
}
