import { UsageError } from '../errors/usage-error.ts'

/** A connection, or one that is still being opened. */
export interface Closable {
  close(): Promise<void>
}

/** All connections of a client, so that none outlives its test or virtual user. */
export class OpenSockets {
  readonly #open = new Set<Closable>()
  #closed = false

  get size(): number {
    return this.#open.size
  }

  /** @throws UsageError when the client is closed */
  mustBeOpen(): void {
    if (!this.#closed) return
    throw UsageError.saying('ws', 'this client is closed: its test or virtual user has ended')
  }

  add(socket: Closable): void {
    this.#open.add(socket)
  }

  delete(socket: Closable): void {
    this.#open.delete(socket)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#open].map((socket) => socket.close()))
  }
}
