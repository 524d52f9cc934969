import type { Ms } from '../units/units.ts'
import { isFailure } from '../metrics/outcome.ts'
import { takeLag } from './caller.ts'
import { failLater } from './error-stack.ts'
import type { Connection } from './socket-connection.ts'
import { failed, record, type SocketOperation } from './socket-record.ts'
import { Waiting } from './socket-wait.ts'

/** A ping frame under way: it ends with the pong that has its payload. */
export class Pinging extends Waiting {
  readonly asked = true
  readonly #connection: Connection
  readonly #answered = Promise.withResolvers<Ms>()
  #payload = ''

  constructor(operation: SocketOperation, connection: Connection, timeout: Ms) {
    super(operation, connection.inbox, timeout, takeLag(operation.caller))
    this.#connection = connection
  }

  get answered(): Promise<Ms> {
    return this.#answered.promise
  }

  send(): void {
    if (this.ended) return
    this.#payload = this.#connection.ping((at) => this.#pong(at))
  }

  offer(): boolean {
    return false
  }

  expire(): void {
    this.fail('timeout', new Error(`no pong within ${this.timeout} ms`))
  }

  protected failed(error: Error): void {
    this.#connection.forgetPing(this.#payload)
    if (isFailure(this.outcome) || this.outcome === 'cutOff') record(this.operation, this)
    this.#answered.resolve(failLater(() => failed(this.operation, this, error)))
  }

  #pong(at: Ms): void {
    if (this.ended) return
    this.finish('ok', at)
    record(this.operation, this)
    this.#answered.resolve(at - this.startedAt)
  }
}
