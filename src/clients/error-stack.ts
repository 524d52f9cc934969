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

/** A frame of an async function that awaits. */
const AWAITED = /\n\s+at async /

/** Sites by what it is that begins there. */
const SITES = new WeakMap<object, CallSite>()

/**
 * The line that the first `thing` of its kind began at. To look up the stack costs as much as a request: of
 * many users who do the same it is done once.
 */
export function firstSiteOf(thing: object): CallSite {
  const known = SITES.get(thing)
  if (known !== undefined) return known
  const site = new CallSite()
  SITES.set(thing, site)
  return site
}

/** The line that something begins at, for an error of it that nobody may be waiting for. */
export class CallSite {
  readonly #made = new Error('here')

  /** The same for an error that nobody waits for: one that somebody does has their line. */
  standIn<T extends Error>(error: T): T {
    return AWAITED.test(error.stack ?? '') ? error : this.blame(error)
  }

  /** Lets an error say that it comes from here. */
  blame<T extends Error>(error: T): T {
    const frames = this.#made.stack?.split('\n').slice(1) ?? []
    if (frames.length > 0) error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n')
    return error
  }
}
