import type { Closure } from './socket-closure.ts'

/** Looks on at an exchange, for a log. */
export interface Watcher {
  data(chunk: Buffer): void
  ended(): void
}

/** Looks on at a socket, for a log. */
export interface SocketWatcher {
  sent(data: string | Uint8Array | ArrayBuffer): void
  received(data: Uint8Array, binary: boolean): void
  ended(closure: Closure): void
}
