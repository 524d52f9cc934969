import { failLater } from './error-stack.ts'

/** Jobs that may pass until somebody who is told of an end comes to ask how it was. */
const SOON = 6

/**
 * How something ends, for those who ask: a promise made for the first of them. An error is made once, and
 * for somebody who waits, so that its stack has their line. Nobody need ask: a failure is no unhandled one.
 */
export class Ending<T> {
  #asked: PromiseWithResolvers<T> | undefined
  #value: { readonly of: T } | undefined
  #failure: (() => Error) | undefined

  get over(): boolean {
    return this.#value !== undefined || this.#failure !== undefined
  }

  get promise(): Promise<T> {
    if (this.#asked !== undefined) return this.#asked.promise
    this.#asked = Promise.withResolvers<T>()
    if (this.#failure !== undefined) this.#asked.resolve(failLater(this.#failure))
    else if (this.#value !== undefined) this.#asked.resolve(this.#value.of)
    return this.#asked.promise
  }

  fulfil(value: T): void {
    this.#value = { of: value }
    this.#asked?.resolve(value)
  }

  /** `soon`: somebody who is being told will ask in a moment. */
  fail(make: () => Error, soon: boolean): void {
    let made: Error | undefined
    const failure = (): Error => (made ??= make())
    this.#failure = failure
    if (this.#asked !== undefined) this.#asked.resolve(failLater(failure))
    else if (soon) void afterJobs(SOON, failure)
    else failure()
  }
}

async function afterJobs(jobs: number, run: () => void): Promise<void> {
  for (let job = 0; job < jobs; job++) await Promise.resolve()
  run()
}
