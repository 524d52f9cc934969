import type { RunData } from '../load/load-run.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import { counted } from './figures.ts'

/** From here on the gaps are between chunks of several tokens. */
const CHUNKY = 1.25

/**
 * The tokens of the run: `12,034 (chunks) · 401/s · 48/s per user · TPOT p95 21 ms`; `undefined` when nothing
 * streamed. Who counted them is said unless it was the service.
 */
export function tokensOf({ tokens, tpot }: RunData): string | undefined {
  if (tokens === undefined) return undefined
  const { count, source, perSecond, perUser } = tokens
  const facts = [`${formatNumber(count)}${source === 'usage' ? '' : ` (${source})`}`]
  if (perSecond !== undefined) facts.push(formatRate(perSecond))
  if (perUser.p50 !== undefined) facts.push(`${formatRate(perUser.p50)} per user`)
  if (tpot.p95 !== undefined) facts.push(`TPOT p95 ${formatMs(tpot.p95)}`)
  return facts.join(' · ')
}

/** Fewer than this are what a busy machine does to a few: their tokens wait to be read, all at once. */
const MANY_BUFFERED = 0.1

/** A service that gathers its answer and sends it at once streams in name only. */
export function bufferedWarnings({ tokens }: RunData): readonly string[] {
  const { count, of } = tokens?.buffered ?? { count: 0, of: 0 }
  if (count === 0 || count < MANY_BUFFERED * of) return []
  const were = count === 1 ? 'was' : 'were'
  return [`${formatNumber(count)} of ${counted(of, 'stream')} ${were} buffered, not streamed`]
}

/** Of the streams that were stopped: `12 streams · p50 4 ms · p95 31 ms`. */
export function stopsOf({ stopLatency }: RunData): string | undefined {
  const { count, p50, p95 } = stopLatency
  if (count === 0 || p50 === undefined || p95 === undefined) return undefined
  return `${counted(count, 'stream')} · p50 ${formatMs(p50)} · p95 ${formatMs(p95)}`
}

export const chunkNotes = ({ tokens }: RunData): readonly string[] =>
  tokens === undefined || tokens.perChunk <= CHUNKY
    ? []
    : [`${formatNumber(tokens.perChunk)} tokens per chunk: gaps are between chunks`]
