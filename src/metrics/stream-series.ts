import { EMPTY_HISTOGRAM, Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { JointRecorder, type JointTimes } from './joint-times.ts'
import type { StreamTiming } from './sample.ts'
import { TokenCounts, type TokensData } from './tokens.ts'

/**
 * The times that only streams have, each from the call on (the intended one, in an open load):
 *
 * - `ttft`, time to first token: to the first text, reasoning or tool arguments that are not empty, stamped
 *   when its bytes came. (aiperf and guidellm mean the same; vLLM takes the first chunk even when it is empty.)
 * - `ttfo`, time to first output: to the first text to read.
 * - `ttst`, time to second token: from the first read with a token to the second one (aiperf).
 * - `ttct`, time to completion: to the end marker.
 * - `gap`: between two reads that each carried a token, of all streams; several tokens in one read are one
 *   arrival. (As vLLM's ITL, aiperf's inter-chunk latency; llmperf's holds the time to the first one too.)
 * - `tpot`, time per output token: `(last − first token) / (tokens − 1)` of each stream. (guidellm's ITL. aiperf's
 *   ITL and vLLM's TPOT go to the end of the answer; guidellm's TPOT divides the whole latency by all tokens.)
 * - `stopLatency`: of a stream that was stopped from another call, from that call to the end of the stream.
 */
export type StreamTime = 'ttft' | 'ttfo' | 'ttst' | 'ttct' | 'gap' | 'tpot' | 'stopLatency'

/** The stream times of a series. */
export interface StreamsData extends Readonly<Record<StreamTime, HistogramData>> {
  readonly tokens: TokensData | undefined
  readonly joint: JointTimes | undefined
}

export const NO_STREAMS: StreamsData = {
  ttft: EMPTY_HISTOGRAM,
  ttfo: EMPTY_HISTOGRAM,
  ttst: EMPTY_HISTOGRAM,
  ttct: EMPTY_HISTOGRAM,
  gap: EMPTY_HISTOGRAM,
  tpot: EMPTY_HISTOGRAM,
  stopLatency: EMPTY_HISTOGRAM,
  tokens: undefined,
  joint: undefined,
}

/** What the streams of one name add to its series; made when the first of them comes. */
export class StreamSeries {
  readonly #times = {
    ttft: new Histogram(),
    ttfo: new Histogram(),
    ttst: new Histogram(),
    ttct: new Histogram(),
    gap: new Histogram(),
    tpot: new Histogram(),
    stopLatency: new Histogram(),
  }
  readonly #tokens = new TokenCounts()
  readonly #joint = new JointRecorder()

  /** A stream that failed counts the gaps and the tokens that it had, and how long it took to be stopped. */
  record(
    stream: StreamTiming,
    times: { readonly latency: Ms; readonly ttfb: Ms | undefined } | undefined,
  ): void {
    for (const gap of stream.gaps) this.#times.gap.record(gap)
    if (stream.stopLatency !== undefined) this.#times.stopLatency.record(stream.stopLatency)
    this.#tokens.record(stream, times !== undefined)
    if (times === undefined) return
    const { ttft, ttfo, ttct, tpot, gaps } = stream
    const ttst = gaps[0]
    if (ttft !== undefined) this.#times.ttft.record(ttft)
    if (ttfo !== undefined) this.#times.ttfo.record(ttfo)
    if (ttst !== undefined) this.#times.ttst.record(ttst)
    if (ttct !== undefined) this.#times.ttct.record(ttct)
    if (tpot !== undefined) this.#times.tpot.record(tpot)
    const { latency, ttfb } = times
    this.#joint.add({ latency, ttfb, ttft, ttfo, ttst, tpot, ttct })
  }

  /** Takes back what a stream recorded as a success; its gaps and tokens stay. */
  remove(stream: StreamTiming, latency: Ms): void {
    const { ttft, ttfo, ttct, tpot, gaps } = stream
    for (const [name, value] of Object.entries({ ttft, ttfo, ttst: gaps[0], ttct, tpot })) {
      if (value !== undefined) this.#times[name as OneTime].remove(value)
    }
    this.#joint.remove(latency)
  }

  data(): StreamsData {
    const { ttft, ttfo, ttst, ttct, gap, tpot, stopLatency } = this.#times
    return {
      ttft: ttft.data(),
      ttfo: ttfo.data(),
      ttst: ttst.data(),
      ttct: ttct.data(),
      gap: gap.data(),
      tpot: tpot.data(),
      stopLatency: stopLatency.data(),
      tokens: this.#tokens.data(),
      joint: this.#joint.data(),
    }
  }
}

type OneTime = Exclude<StreamTime, 'gap' | 'stopLatency'>
