import type { Dispatcher } from 'undici'
import type { Ms } from '../units/units.ts'
import type { ConnectionMode } from './connection-mode.ts'
import { closedError } from './connection-lane.ts'
import { Connections, type ConnectionsOptions } from './connections.ts'
import { createDial, type Dial } from './dial.ts'
import type { Exchange } from './exchange.ts'
import { H2Lane } from './h2-lane.ts'
import { DEFAULT_TRANSPORT } from './transport.ts'

const MOST_PER_USER = 6

/**
 * Connections that speak HTTP/2 with origins of `https:`. An origin that does not know it is spoken to
 * as by any other caller, as are those of `http:`.
 */
export class H2Connections extends Connections {
  readonly #mode: ConnectionMode
  readonly #options: ConnectionsOptions
  readonly #dial: Dial
  /** `undefined` for an origin that is spoken to in HTTP/1.1. */
  readonly #lanes = new Map<string, H2Lane | undefined>()
  #closed = false

  constructor(mode: ConnectionMode = 'perUser', options: ConnectionsOptions = {}) {
    super(mode, options)
    this.#mode = mode
    this.#options = options
    this.#dial = createDial(options.transport ?? DEFAULT_TRANSPORT, {
      h2: true,
      handshakes: options.handshakes,
    })
  }

  override send(origin: string, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    if (this.#closed) throw closedError()
    const lane = this.#laneOf(origin)
    if (lane === undefined) super.send(origin, options, exchange)
    else lane.send(options, exchange)
  }

  override async open(origin: string, now: () => Ms): Promise<void> {
    const lane = this.#laneOf(origin)
    await (lane === undefined ? super.open(origin, now) : lane.open())
  }

  override get underWay(): number {
    return [...this.#lanes.values()].reduce(
      (sum, lane) => sum + (lane?.underWay ?? 0),
      super.underWay,
    )
  }

  override async close(): Promise<void> {
    this.#closed = true
    await Promise.all([super.close(), ...[...this.#lanes.values()].map((lane) => lane?.close())])
  }

  #laneOf(origin: string): H2Lane | undefined {
    if (this.#lanes.has(origin)) return this.#lanes.get(origin)
    const lane = origin.startsWith('https:') ? this.#lane(origin) : undefined
    this.#lanes.set(origin, lane)
    return lane
  }

  #lane(origin: string): H2Lane {
    return new H2Lane(origin, {
      dial: this.#dial,
      most: this.#mode === 'perUser' ? MOST_PER_USER : Infinity,
      fresh: this.#mode === 'perRequest',
      opened: (opening, waited) => this.#options.opened?.(opening, waited),
      refused: (waiting) => {
        this.#lanes.set(origin, undefined)
        for (const { options, exchange } of waiting) {
          exchange.onRelease = undefined
          super.send(origin, options, exchange)
        }
      },
    })
  }
}
