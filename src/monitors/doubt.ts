import type { Sample } from './sample.ts'

/**
 * Holds back a sample of fewer processes than the one before until another one follows: when a tree
 * ends, the shell that started it is seen for a moment, and its memory is no end of the service's.
 */
export class Doubt {
  #processes = 0
  #held: Sample | undefined

  /** The samples that count, now that this one was taken. */
  take(sample: Sample): readonly Sample[] {
    const before = this.rest()
    const fewer = sample.processes < this.#processes
    this.#processes = sample.processes
    if (!fewer) return [...before, sample]
    this.#held = sample
    return before
  }

  /** What is held back, for a tree that has not ended. */
  rest(): readonly Sample[] {
    const held = this.#held
    this.#held = undefined
    return held === undefined ? [] : [held]
  }
}
