/**
 * A mistake in how the package is used, found before any traffic is sent.
 * The message reads `<path> must be <expected>, got <received>. <remedy>`.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Where the mistake is: `load.rampUp`, `perf.server.command`. */
  readonly path: string
  /** The offending value itself. */
  readonly received: unknown

  constructor(path: string, expected: string, received?: unknown, remedy?: string) {
    const got = arguments.length > 2 && received !== undefined ? `, got ${show(received)}` : ''
    super(`${path} must be ${expected}${got}${remedy === undefined ? '' : `. ${remedy}`}`)
    this.path = path
    this.received = received
  }

  /** A mistake that no "must be" describes; the message is used as it stands. */
  static saying(path: string, message: string, received?: unknown): UsageError {
    const error = new UsageError(path, '', received)
    error.message = message
    return error
  }

  /** One error that lists every mistake, so that a configuration is mended in one go. */
  static all(path: string, mistakes: readonly UsageError[]): UsageError {
    const [first] = mistakes
    if (first !== undefined && mistakes.length === 1) return first
    const lines = mistakes.map((mistake) => `  - ${mistake.message}`).join('\n')
    const received = mistakes.map((mistake) => mistake.received)
    return UsageError.saying(path, `${path} has ${mistakes.length} mistakes:\n${lines}`, received)
  }
}

/** A received value as a reader recognises it: strings quoted, long things cut at 60 characters. */
export function show(value: unknown): string {
  if (typeof value === 'function') return value.name === '' ? 'a function' : `function ${value.name}`
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Promise) return 'a Promise'
  if (typeof value === 'object' && value !== null) return cut(showObject(value))
  return cut(typeof value === 'string' ? JSON.stringify(value) : String(value))
}

function showObject(value: object): string {
  const name = value.constructor?.name
  if (name !== undefined && name !== 'Object' && name !== 'Array') return `a ${name}`
  try {
    return JSON.stringify(value) ?? 'an object'
  } catch {
    return 'an object'
  }
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`
}
