import { Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'

/** How long the opening of one connection took, and its parts. */
export interface Opening {
  /** To find the address; `undefined` for one that needed no look-up. */
  readonly dns?: Ms | undefined
  /** To connect over TCP. */
  readonly connect: Ms
  /** To agree on TLS; `undefined` without it. */
  readonly tls?: Ms | undefined
  /** From the start to a connection that can be used. */
  readonly total: Ms
}

/** Openings as the recorder holds them. */
export interface OpeningsData {
  readonly dns: HistogramData
  readonly connect: HistogramData
  readonly tls: HistogramData
  readonly total: HistogramData
}

/** The connections of HTTP that stood up in a stretch of recording. */
export interface ConnectionsSummary {
  readonly opened: number
  /** Look-ups of names; none of an address in numbers. */
  readonly dns: Distribution
  /** TCP. */
  readonly connect: Distribution
  /** The handshake of TLS. */
  readonly tls: Distribution
  /** From the start to a connection that can be used. */
  readonly total: Distribution
  /** Latencies of the successes that had to open their connection first; its `count` is how many. */
  readonly cold: Distribution
}

/** Takes in the connections of one phase. */
export class Openings {
  readonly #dns = new Histogram()
  readonly #connect = new Histogram()
  readonly #tls = new Histogram()
  readonly #total = new Histogram()

  add({ dns, connect, tls, total }: Opening): void {
    if (dns !== undefined) this.#dns.record(dns)
    this.#connect.record(connect)
    if (tls !== undefined) this.#tls.record(tls)
    this.#total.record(total)
  }

  data(): OpeningsData {
    return {
      dns: this.#dns.data(),
      connect: this.#connect.data(),
      tls: this.#tls.data(),
      total: this.#total.data(),
    }
  }
}

/** Sums up connections, with the calls that waited for them. */
export const summarizeConnections = (
  data: OpeningsData,
  cold: Distribution,
): ConnectionsSummary => ({
  opened: data.total.count,
  dns: distribution('DNS of connections', data.dns),
  connect: distribution('connect of connections', data.connect),
  tls: distribution('TLS of connections', data.tls),
  total: distribution('opening of connections', data.total),
  cold,
})
