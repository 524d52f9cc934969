import type { Caller } from './caller.ts'
import type { Target } from './socket-target.ts'
import type { SocketOperation } from './socket-record.ts'

/**
 * What is done on a socket, by its label. Gives the same object for one request after the other, since
 * finding the series of a name takes as long as reading its JSON.
 */
export class SocketOperations {
  readonly #caller: Caller
  readonly #target: Target
  #last: SocketOperation | undefined

  constructor(caller: Caller, target: Target) {
    this.#caller = caller
    this.#target = target
  }

  /** `name` is what the test calls it; else it is called by the socket and the label. */
  of(label: string, name?: string): SocketOperation {
    const caller = this.#caller
    const recorder = caller.recording.current
    const last = this.#last
    if (name === undefined && last?.label === label && last.recorder === recorder) return last
    const { url } = this.#target
    const own = `${this.#target.name} ${label}`
    const operation = { caller, recorder, name: name ?? own, url, label }
    if (name === undefined) this.#last = operation
    return operation
  }
}
