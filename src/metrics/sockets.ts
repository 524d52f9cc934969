import type { Bytes, Ms, PerSecond } from '../units/units.ts'
import { FlowCount, type FlowData, type FlowWindow } from './flow.ts'

/** WebSocket messages in one direction; a subject of `toHaveThroughputAbove`. */
export interface MessageFlow {
  readonly kind: 'messages'
  /** `messages received` */
  readonly name: string
  readonly count: number
  /** Payload, without frames. */
  readonly bytes: Bytes
  /** Messages per second of the judged time; `undefined` when there were none. */
  readonly throughput: { readonly mean: PerSecond | undefined }
  readonly timeline: readonly FlowWindow[]
}

/** What the WebSockets of a run did. All is 0 when there were none. */
export interface SocketsSummary {
  /** Connections that stood up, those that came back included. */
  readonly opened: number
  /** Of `opened`: connections that came back after a loss by themselves. */
  readonly recovered: number
  /** Ended connections by close code, our own closing included; 1006 is a lost one. */
  readonly closed: Readonly<Record<string, number>>
  readonly sent: MessageFlow
  readonly received: MessageFlow
}

/** Sockets as the recorder holds them. */
export interface SocketsData {
  readonly opened: number
  readonly recovered: number
  readonly closed: Readonly<Record<string, number>>
  readonly sent: FlowData
  readonly received: FlowData
}

/** Counts connections and messages of one phase: each where it came or went. */
export class SocketCounts {
  opened = 0
  recovered = 0
  readonly sent: FlowCount
  readonly received: FlowCount
  readonly #closed = new Map<number, number>()

  constructor(epoch: Ms) {
    this.sent = new FlowCount(epoch)
    this.received = new FlowCount(epoch)
  }

  closed(code: number): void {
    this.#closed.set(code, (this.#closed.get(code) ?? 0) + 1)
  }

  data(): SocketsData {
    return {
      opened: this.opened,
      recovered: this.recovered,
      closed: Object.fromEntries(this.#closed),
      sent: this.sent.data(),
      received: this.received.data(),
    }
  }
}

/** Sums up the sockets of `duration` ms. */
export const summarizeSockets = (data: SocketsData, duration: Ms): SocketsSummary => ({
  ...data,
  sent: messageFlow('sent', data.sent, duration),
  received: messageFlow('received', data.received, duration),
})

/** One direction as a subject. */
export function messageFlow(
  direction: 'sent' | 'received',
  { count, bytes, windows }: FlowData,
  duration: Ms,
): MessageFlow {
  const mean = count > 0 && duration > 0 ? count / (duration / 1_000) : undefined
  const name = `messages ${direction}`
  return { kind: 'messages', name, count, bytes, throughput: { mean }, timeline: windows }
}
