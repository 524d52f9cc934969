import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { WindowTimes } from './cell.ts'
import { JointRecorder } from './joint-times.ts'
import type { JointTimes } from './kept-times.ts'
import type { StreamTiming } from './sample.ts'
import { TokenCounts, type TokensData } from './tokens.ts'
import { WindowedHistogram } from './windowed-histogram.ts'

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
    ttft: new WindowedHistogram(),
    ttfo: new WindowedHistogram(),
    ttst: new WindowedHistogram(),
    ttct: new WindowedHistogram(),
    gap: new WindowedHistogram(),
    tpot: new WindowedHistogram(),
    stopLatency: new WindowedHistogram(),
  }
  readonly #tokens = new TokenCounts()
  readonly #joint = new JointRecorder()

  /** A stream that failed counts the gaps and the tokens that it had, and how long it took to be stopped. */
  record(stream: StreamTiming, times: StreamEnd | undefined): void {
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
    const { latency, ttfb, second } = times
    this.#joint.add({ latency, ttfb, ttft, ttfo, ttst, tpot, ttct }, second)
  }

  /** Takes back what a stream of the open window recorded as a success; its gaps and tokens stay. */
  remove(stream: StreamTiming, latency: Ms): void {
    for (const [name, value] of streamTimes(stream)) this.#times[name].remove(value)
    this.#joint.remove(latency)
  }

  /** The same of a window that has turned. */
  removeClosed(stream: StreamTiming, latency: Ms): void {
    for (const [name, value] of streamTimes(stream)) this.#times[name].removeClosed(value)
    this.#joint.remove(latency)
  }

  /** What the open window held. */
  turn(): WindowTimes {
    const held: Partial<Record<string, HistogramData>> = {}
    for (const [name, values] of Object.entries(this.#times)) {
      const data = values.turn()
      if (data !== undefined) held[name] = data
    }
    return held
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

/** A stream as a whole, which went well. */
interface StreamEnd {
  readonly latency: Ms
  readonly ttfb: Ms | undefined
  /** In which second of the recording it ended. */
  readonly second: number
}

type OneTime = Exclude<StreamTime, 'gap' | 'stopLatency'>

/** The times of which a stream has one each. */
export function streamTimes({
  ttft,
  ttfo,
  ttct,
  tpot,
  gaps,
}: StreamTiming): readonly [OneTime, Ms][] {
  const times: readonly [OneTime, Ms | undefined][] = [
    ['ttft', ttft],
    ['ttfo', ttfo],
    ['ttst', gaps[0]],
    ['ttct', ttct],
    ['tpot', tpot],
  ]
  return times.filter((each): each is [OneTime, Ms] => each[1] !== undefined)
}
