import { realClock, type Clock } from '../clock/clock.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Ms } from '../units/units.ts'
import { Connections, type ConnectionsOptions } from './connections.ts'
import type { ConnectionMode } from './connection-mode.ts'
import { Cookies } from './cookies.ts'
import type { ExchangeLog } from './exchange-log.ts'
import type { Handshakes } from './handshakes.ts'
import { H2Connections } from './h2-connections.ts'
import { InFlight } from './in-flight.ts'
import type { Tally } from './judgement.ts'
import { Remembered } from './remembered.ts'
import { DEFAULT_TRANSPORT, type Transport } from './transport.ts'
import { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts'

/** Where samples go. A load swaps the recorder when a phase ends; an operation keeps the one it began with. */
export interface Recording {
  current: Recorder
}

/** In an open load, how long after its time an iteration began. */
export interface Lateness {
  lag: Ms
}

/**
 * One who calls: a virtual user, or the test itself. Its clients share its connections, cookies,
 * deadlines and recording.
 */
export interface Caller {
  readonly clock: Clock
  /** Replaced when a virtual user leaves: what it does to tidy up is no part of the run. */
  recording: Recording
  readonly inFlight: InFlight
  readonly connections: Connections
  readonly cookies: Cookies
  readonly remembered: Remembered
  readonly timeouts: Timeouts
  /** How its connections are made. */
  readonly transport: Transport
  readonly tally: Tally
  /** One of many who do the same: what is looked up for one of them will do for all. */
  readonly oneOfMany: boolean
  /** How late the iteration under way began, for its first operation to take over; see `takeLag`. */
  readonly lateness: Lateness
  /** What its exchanges are shown in, while somebody looks. */
  readonly log?: ExchangeLog | undefined
  /** Throws when this caller may not call here and now. */
  admit(client: string): void
  /** The operation whose parts are being recorded, for calls made inside `session.chat` and the like. */
  readonly partOf?: string | undefined
}

/** What differs between callers. */
export interface CallerOptions {
  readonly recording: Recording
  readonly clock?: Clock
  readonly inFlight?: InFlight
  readonly connections?: Connections
  readonly connection?: ConnectionMode
  readonly timeouts?: Timeouts
  readonly transport?: Transport | undefined
  readonly handshakes?: Handshakes | undefined
  readonly oneOfMany?: boolean
  readonly lateness?: Lateness
  readonly log?: ExchangeLog | undefined
  readonly admit?: (client: string) => void
}

export function createCaller(options: CallerOptions): Caller {
  const clock = options.clock ?? realClock
  const { transport = DEFAULT_TRANSPORT } = options
  return {
    clock,
    recording: options.recording,
    inFlight: options.inFlight ?? new InFlight(clock),
    connections:
      options.connections ??
      recordedConnections(options.connection, options.recording, {
        transport,
        handshakes: options.handshakes,
      }),
    cookies: new Cookies(),
    remembered: new Remembered(),
    timeouts: options.timeouts ?? DEFAULT_TIMEOUTS,
    transport,
    tally: { failed: 0, turn: 0 },
    oneOfMany: options.oneOfMany ?? false,
    lateness: options.lateness ?? { lag: 0 },
    log: options.log,
    admit: options.admit ?? (() => {}),
  }
}

/** Connections that are recorded as they open. */
export const recordedConnections = (
  mode: ConnectionMode | undefined,
  recording: Recording,
  { transport, handshakes }: Pick<ConnectionsOptions, 'transport' | 'handshakes'>,
): Connections =>
  new (transport?.settings.h2 === true ? H2Connections : Connections)(mode, {
    transport,
    handshakes,
    opened: (opening, waited) => recording.current.sending.opened(opening, waited),
  })

/**
 * How late an operation begins that begins now: as late as its iteration, when it is the first of it.
 * What comes after the first is made when the scenario means it to be.
 */
export function takeLag({ lateness }: Caller): Ms {
  const { lag } = lateness
  if (lag !== 0) lateness.lag = 0
  return lag
}
