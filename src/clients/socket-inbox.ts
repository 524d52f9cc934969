import type { Bytes } from '../units/units.ts'
import { KeyedReaders } from './keyed-readers.ts'
import type { Matches } from './socket-match.ts'
import type { Message } from './socket-message.ts'
import type { Key } from './socket-same.ts'
import type { Closure } from './socket-closure.ts'

/** Somebody who waits for messages. */
export interface Reader {
  /** Requests and streams: an answer goes to who asked for it, whoever else listens. */
  readonly asked: boolean
  /** Waits only for the message with this value, and is found by it. */
  readonly key?: Key | undefined
  /** Takes the message, or leaves it to the next. */
  offer(message: Message): boolean
  /** No more messages come. */
  lost(closure: Closure): void
}

/** Messages that nobody took, kept at most. */
export const MOST_KEPT = 100_000
export const MOST_KEPT_BYTES: Bytes = 64 * 2 ** 20
const RECENT = 3

/**
 * What arrived on a connection and was not yet taken. A message is offered to those who wait, first
 * to those who asked for an answer, else kept for whoever comes.
 */
export class Inbox {
  /** Messages that ever arrived. */
  arrived = 0
  readonly #kept: Message[] = []
  #keyed: KeyedReaders<Reader> | undefined
  readonly #asking: Reader[] = []
  readonly #listening: Reader[] = []
  readonly #recent: Message[] = []
  #bytes: Bytes = 0

  /** Whether it holds more than it may. */
  get overflown(): boolean {
    return this.#kept.length > MOST_KEPT || this.#bytes > MOST_KEPT_BYTES
  }

  deliver(message: Message): void {
    this.#recent[this.arrived++ % RECENT] = message
    if (this.#keyed?.find(message)?.offer(message) === true) return
    if (offerAll(this.#asking, message) || offerAll(this.#listening, message)) return
    this.#kept.push(message)
    this.#bytes += message.size
  }

  /** The first message kept that matches; it is gone from here then. */
  take(matches: Matches): Message | undefined {
    if (this.#kept.length === 0) return undefined
    const at = this.#kept.findIndex(matches)
    if (at === -1) return undefined
    const [message] = at === 0 ? [this.#kept.shift()] : this.#kept.splice(at, 1)
    this.#bytes -= message?.size ?? 0
    return message
  }

  /** Throws away what is kept and matches; gives how many that were. */
  discard(matches: Matches): number {
    const before = this.#kept.length
    const rest = this.#kept.filter((message) => !matches(message))
    this.#bytes = rest.reduce((total, message) => total + message.size, 0)
    this.#kept.length = 0
    for (const message of rest) this.#kept.push(message)
    return before - rest.length
  }

  /** @throws UsageError when another one waits for the very answer */
  join(reader: Reader): void {
    if (reader.key !== undefined) (this.#keyed ??= new KeyedReaders()).add(reader.key, reader)
    else this.#listOf(reader).push(reader)
  }

  leave(reader: Reader): void {
    if (reader.key !== undefined) return this.#keyed?.delete(reader.key, reader)
    const list = this.#listOf(reader)
    const at = list.indexOf(reader)
    if (at !== -1) list.splice(at, 1)
  }

  /** Tells everyone who waits that nothing more comes; gives how many that were. */
  end(closure: Closure): number {
    const waiting = [...(this.#keyed?.all() ?? []), ...this.#asking, ...this.#listening]
    for (const reader of waiting) reader.lost(closure)
    return waiting.length
  }

  /** What arrived last, for an error that says what did not arrive. */
  recent(): string {
    if (this.arrived === 0) return 'no message has arrived on this socket'
    const first = Math.max(0, this.arrived - RECENT)
    const last = Array.from(
      { length: this.arrived - first },
      (_, at) => this.#recent[(first + at) % RECENT],
    )
    const lines = last.map((message) => `\n  ${message?.shown()}`)
    return `${this.arrived} arrived on this socket so far, the last:${lines.join('')}`
  }

  #listOf(reader: Reader): Reader[] {
    return reader.asked ? this.#asking : this.#listening
  }
}

/** A reader that ends while it is asked has left the list, so the next one stands in its place. */
function offerAll(readers: readonly Reader[], message: Message): boolean {
  for (let at = 0; at < readers.length;) {
    const reader = readers[at] as Reader
    if (reader.offer(message)) return true
    if (readers[at] === reader) at++
  }
  return false
}
