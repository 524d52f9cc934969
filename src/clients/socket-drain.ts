import type { Timer } from '../clock/clock.ts'
import { isFailure } from '../metrics/outcome.ts'
import type { Bytes, Ms } from '../units/units.ts'
import { failLater } from './error-stack.ts'
import type { Connection } from './socket-connection.ts'
import { failed, record, type SocketOperation } from './socket-record.ts'
import { Waiting } from './socket-wait.ts'

/** How often is looked at what has not left yet: ws says nothing when it does. */
const LOOK: Ms = 2

/** Waits until what was sent has left for the service; a service that does not read keeps it here. */
export class Draining extends Waiting {
  readonly asked = false
  readonly #connection: Connection
  readonly #limit: Bytes
  readonly #drained = Promise.withResolvers<void>()
  #timer: Timer | undefined

  constructor(operation: SocketOperation, connection: Connection, limit: Bytes, timeout: Ms) {
    super(operation, connection.inbox, timeout)
    this.#connection = connection
    this.#limit = limit
  }

  get drained(): Promise<void> {
    return this.#drained.promise
  }

  look(): void {
    if (this.ended) return
    const { clock } = this.operation.caller
    if (this.#connection.bufferedAmount <= this.#limit) {
      this.finish('ok', clock.now())
      this.#drained.resolve()
    } else this.#timer = clock.setTimeout(() => this.look(), LOOK)
  }

  offer(): boolean {
    return false
  }

  expire(): void {
    const left = `${this.#connection.bufferedAmount} bytes have not left after ${this.timeout} ms`
    this.fail('timeout', new Error(`${left}: the service reads too slowly`))
  }

  /** A wait of the test's own: only one in vain is told. */
  protected failed(error: Error): void {
    this.operation.caller.clock.clearTimeout(this.#timer)
    if (isFailure(this.outcome)) record(this.operation, this)
    this.#drained.resolve(failLater(() => failed(this.operation, this, error)))
  }
}
