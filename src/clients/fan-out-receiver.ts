import type { FanningOut } from './fan-out.ts'
import type { Closure } from './socket-closure.ts'
import type { Inbox, Reader } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'
import { at } from './wires/wire.ts'

/** One socket of a group that listens: what it got, what twice, what late. */
export class FanOutReceiver implements Reader {
  readonly asked = true
  duplicated = 0
  outOfOrder = 0
  /** How its socket ended, when it did before everything had come. */
  closure: Closure | undefined
  readonly #all: FanningOut
  readonly #seen = new Set<unknown>()
  #inbox: Inbox | undefined
  #highest = -Infinity
  #count = 0

  constructor(all: FanningOut) {
    this.#all = all
  }

  get missing(): number {
    return this.#all.plan.messages - this.#count
  }

  join(inbox: Inbox, closure: Closure | undefined): void {
    if (closure !== undefined) return this.lost(closure)
    this.#inbox = inbox
    inbox.join(this)
  }

  leave(): void {
    this.#inbox?.leave(this)
  }

  offer(message: Message): boolean {
    try {
      return this.#takes(message)
    } catch (error) {
      this.#all.broke(error)
      return true
    }
  }

  lost(closure: Closure): void {
    if (this.missing === 0) return
    this.closure = closure
    this.leave()
    this.#all.finished()
  }

  #takes(message: Message): boolean {
    const { matches, id } = this.#all.plan
    if (!matches(message)) return false
    if (this.#isNew(id === undefined ? this.#count : at(message.value, id))) {
      this.#count++
      this.#all.delivered(message)
      if (this.missing === 0) this.#all.finished()
    } else this.duplicated++
    return true
  }

  #isNew(id: unknown): boolean {
    // What comes when all is there can only be there twice.
    if (this.missing === 0 || this.#seen.has(id)) return false
    this.#seen.add(id)
    if (typeof id !== 'number') return true
    if (id < this.#highest) this.outOfOrder++
    else this.#highest = id
    return true
  }
}
