import type { Ms } from '../units/units.ts'
import type { Prepared } from './call.ts'
import { TokenReader, type TokenSink } from './token-reader.ts'
import type { StreamReconnectPlan } from './stream-reconnect.ts'
import type { Wire } from './wires/wire.ts'

/** Where a stream goes on when its connection is lost, and when: as its events say. */
export class ResumePoint {
  /** Before the next attempt. */
  delay: Ms
  readonly #most: number
  #lastId = ''
  /** Attempts since the last event. */
  #vain = 0

  constructor({ delay, attempts }: StreamReconnectPlan) {
    this.delay = delay
    this.#most = attempts
  }

  /** Whether another attempt is worth it; counts it. */
  another(): boolean {
    return this.#vain++ < this.#most
  }

  /** A reader of all connections, which are to be reopened in it one after the other. */
  reader(wire: Wire, startedAt: Ms, sink: TokenSink): TokenReader {
    const heard: Wire = {
      ...wire,
      // A close is no end of it.
      end: 'marker',
      read: (frame) => {
        this.#vain = 0
        if (frame.id !== undefined) this.#lastId = frame.id
        return wire.read(frame)
      },
    }
    const reader = new TokenReader(heard, startedAt, sink)
    reader.resumes = true
    reader.onRetry = (delay) => void (this.delay = delay)
    return reader
  }

  /** The call that goes on there. */
  from(call: Prepared): Prepared {
    if (this.#lastId === '') return call
    // A header is a string of bytes.
    const id = Buffer.from(this.#lastId, 'utf8').toString('latin1')
    return { ...call, headers: { ...call.headers, 'last-event-id': id } }
  }
}
