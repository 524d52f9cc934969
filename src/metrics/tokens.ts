import { Histogram, mergeHistograms, quantile, type HistogramData } from '../stats/histogram.ts'
import type { Ms, PerSecond, Ratio } from '../units/units.ts'
import type { StreamTiming, TokenSource } from './sample.ts'

/** The tokens of one operation's streams, or of all together. */
export interface TokenSummary {
  /** Put out by the streams that began in the judged time, whenever they came. */
  readonly count: number
  /**
   * Who counted them: the service (`usage`), a parser of the suite's own, or nobody, so that each event with
   * a token is counted as one (`chunks`). Of streams that differ, the least sure one.
   */
  readonly source: TokenSource
  /** Streams with a token. */
  readonly streams: number
  /** Events with a token. */
  readonly chunks: number
  /** `count / chunks`. Above 1.25 the gaps are between chunks of several tokens. */
  readonly perChunk: number
  /**
   * Tokens of the system: those that arrived inside the judged time, whenever their stream began, per second
   * of it. (vLLM divides all tokens by the time from the first request to the last answer; genai-perf and
   * aiperf by that from the first request sent to the last answer received: a run's slow tail lowers both.)
   */
  readonly perSecond: PerSecond | undefined
  /**
   * Tokens per second that one user sees: `1 / TPOT` of each successful stream. (aiperf: `1 / ITL`, the same;
   * guidellm: tokens by the whole latency, which the time to the first token lowers.)
   */
  readonly perUser: RateSpread
  /**
   * Streams that came as one piece in the end: 16 tokens and more, the first of them after 90 % of the time to the
   * end. `of` is all successful streams.
   */
  readonly buffered: { readonly count: number; readonly of: number }
}

/** How a rate spreads, where a low one is a bad one. */
export interface RateSpread {
  readonly count: number
  readonly mean: PerSecond | undefined
  readonly min: PerSecond | undefined
  readonly p5: PerSecond | undefined
  readonly p50: PerSecond | undefined
  readonly p95: PerSecond | undefined
  readonly max: PerSecond | undefined
  readonly histogram: HistogramData
}

/** Tokens as a series holds them. */
export interface TokensData extends Omit<TokenSummary, 'perChunk' | 'perSecond' | 'perUser'> {
  readonly perUser: HistogramData
}

const BUFFERED_FROM: Ratio = 0.9
const BUFFERED_TOKENS = 16
const SURE: readonly TokenSource[] = ['chunks', 'parser', 'usage']

/** Counts the tokens of one name's streams. */
export class TokenCounts {
  readonly #perUser = new Histogram()
  readonly #sources = new Set<TokenSource>()
  #count = 0
  #streams = 0
  #chunks = 0
  #buffered = 0
  #ok = 0

  record({ tokens, chunks, tpot, ttft, ttct }: StreamTiming, ok: boolean): void {
    if (ok) this.#ok++
    if (tokens === undefined) return
    this.#streams++
    this.#count += tokens.count
    this.#chunks += chunks?.reduce((sum, each) => sum + each, 0) ?? 0
    this.#sources.add(tokens.source)
    if (!ok) return
    if (tpot !== undefined && tpot > 0) this.#perUser.record(perSecond(tpot))
    if (tokens.count >= BUFFERED_TOKENS && isBuffered(ttft, ttct)) this.#buffered++
  }

  /** `undefined` when no stream gave a token. */
  data(): TokensData | undefined {
    if (this.#streams === 0) return undefined
    return {
      count: this.#count,
      source: leastSure(this.#sources),
      streams: this.#streams,
      chunks: this.#chunks,
      perUser: this.#perUser.data(),
      buffered: { count: this.#buffered, of: this.#ok },
    }
  }
}

const perSecond = (tpot: Ms): PerSecond => 1_000 / tpot

const isBuffered = (ttft: Ms | undefined, ttct: Ms | undefined): boolean =>
  ttft !== undefined && ttct !== undefined && ttct > 0 && ttft / ttct > BUFFERED_FROM

const leastSure = (sources: ReadonlySet<TokenSource>): TokenSource =>
  SURE.find((source) => sources.has(source)) ?? 'chunks'

/** The tokens of several series together; `undefined` when none has any. */
export function joinTokens(all: readonly (TokensData | undefined)[]): TokensData | undefined {
  const parts = all.filter((each) => each !== undefined)
  if (parts.length === 0) return undefined
  const sum = (pick: (part: TokensData) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0)
  return {
    count: sum((part) => part.count),
    source: leastSure(new Set(parts.map(({ source }) => source))),
    streams: sum((part) => part.streams),
    chunks: sum((part) => part.chunks),
    perUser: mergeHistograms(parts.map((part) => part.perUser)),
    buffered: {
      count: sum(({ buffered }) => buffered.count),
      of: sum(({ buffered }) => buffered.of),
    },
  }
}

/** `arrived`: tokens that came inside the judged time. */
export function summarizeTokens(
  data: TokensData | undefined,
  arrived: number,
  duration: Ms,
): TokenSummary | undefined {
  if (data === undefined) return undefined
  const { perUser: rates, count, source, streams, chunks, buffered } = data
  const counts = { count, source, streams, chunks, buffered }
  return {
    ...counts,
    perChunk: counts.count / counts.chunks,
    perSecond: duration > 0 ? arrived / (duration / 1_000) : undefined,
    perUser: spread(rates),
  }
}

/** Several operations' tokens as one's; `undefined` when none has any. */
export function joinTokenSummaries(
  all: readonly (TokenSummary | undefined)[],
): TokenSummary | undefined {
  const parts = all.filter((each) => each !== undefined)
  const data = parts.map((part) => ({ ...part, perUser: part.perUser.histogram }))
  const arrived = parts.reduce((sum, { perSecond: rate = 0 }) => sum + rate, 0)
  return summarizeTokens(joinTokens(data), arrived, 1_000)
}

function spread(histogram: HistogramData): RateSpread {
  const { count, sum, min, max } = histogram
  const at = (percentile: number): PerSecond | undefined => quantile(histogram, percentile)
  const mean = count === 0 ? undefined : sum / count
  return { count, mean, min, max, p5: at(5), p50: at(50), p95: at(95), histogram }
}
