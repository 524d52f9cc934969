/**
 * A promise that fails with an error made when somebody waits for it already, so that its stack has
 * their line: an event of a socket has no stack of the test, and V8 follows a promise to those who
 * await it from inside a job only. It costs nothing while all goes well.
 */
export async function failLater(make: () => Error): Promise<never> {
  // Who resolves with a promise is told of its end two jobs later at the soonest.
  await Promise.resolve()
  await Promise.resolve()
  throw make()
}

/** The line that something begins at, for an error of it that nobody may be waiting for. */
export class CallSite {
  readonly #made = new Error('here')

  /** Lets an error say that it comes from here. */
  blame<T extends Error>(error: T): T {
    const frames = this.#made.stack?.split('\n').slice(1) ?? []
    if (frames.length > 0) error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n')
    return error
  }
}
