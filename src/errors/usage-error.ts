import { show } from './show.ts'

/**
 * A mistake in how the package is used, found before any traffic is sent.
 * The message reads `<path> must be <expected>, got <received>. <remedy>`.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Where the mistake is: `load.rampUp`, `perf.server.command`. */
  readonly path: string
  /** The offending value itself; `undefined` when something is missing. */
  readonly received: unknown
  /** Of one that lists several. */
  #mistakes: readonly UsageError[] = []

  constructor(path: string, expected: string, received?: unknown, remedy?: string) {
    const got = received === undefined ? '' : `, got ${show(received)}`
    super(`${path} must be ${expected}${got}${remedy === undefined ? '' : `. ${remedy}`}`)
    this.path = path
    this.received = received
  }

  /** A mistake that no "must be" describes; the message is used as it stands. */
  static saying(path: string, message: string, received?: unknown): UsageError {
    const error = new UsageError(path, '', received)
    error.message = message
    // The first line of the stack still has the old message.
    Error.captureStackTrace(error)
    return error
  }

  /** One error that lists every mistake, so that a configuration is mended in one go. */
  static all(path: string, found: readonly UsageError[]): UsageError {
    // A list of the same path within a list would say everything twice.
    const mistakes = found.flatMap((each) =>
      each.path === path && each.#mistakes.length > 0 ? each.#mistakes : [each],
    )
    const [first] = mistakes
    if (first !== undefined && mistakes.length === 1) return first
    const lines = mistakes.map((each) => `  - ${each.message.replaceAll('\n', '\n  ')}`)
    const received = mistakes.map((each) => each.received)
    const message = `${path} has ${mistakes.length} mistakes:\n${lines.join('\n')}`
    const error = UsageError.saying(path, message, received)
    error.#mistakes = mistakes
    return error
  }
}
