import type { Caller } from './caller.ts'
import type { Target } from './socket-target.ts'
import { joinTags, type Tags } from './tags.ts'
import type { SocketOperation } from './socket-record.ts'

/** What a test says of it; without a name it is called by the socket and the label. */
interface Called {
  readonly name?: string | undefined
  readonly tags?: Tags | undefined
}

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

  of(label: string, { name, tags }: Called = {}): SocketOperation {
    const caller = this.#caller
    const recorder = caller.recording.current
    const last = this.#last
    const usual = name === undefined && tags === undefined
    if (usual && last?.label === label && last.recorder === recorder) return last
    const { url, name: socket, tags: outer } = this.#target
    const operation = {
      caller,
      recorder,
      name: name ?? `${socket} ${label}`,
      url,
      label,
      tags: joinTags(outer, tags),
    }
    if (usual) this.#last = operation
    return operation
  }
}
