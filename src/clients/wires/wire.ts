/** One event of a stream, as it came off the wire. */
export interface Frame {
  /** The name of a server-sent event. */
  readonly event?: string | undefined
  readonly data: string
}

/** What an event means. Nothing in it: it carries neither token nor end. */
export interface Signal {
  /** Text of a token (or of several that came in one event). */
  readonly text?: string | undefined
  /** The end marker. */
  readonly done?: boolean | undefined
  /** An error event inside a stream that began well. */
  readonly error?: string | undefined
}

/** How a service writes its stream: how bytes make frames, and what a frame means. */
export interface Wire {
  readonly name: string
  readonly framing: 'sse' | 'text'
  /** Whether a close without an end marker is the proper end, or means that the stream was cut off. */
  readonly end: 'marker' | 'close'
  read(frame: Frame): Signal
}

/** The signal of a frame without meaning. */
export const NOTHING: Signal = {}
export const DONE: Signal = { done: true }

/** JSON, or `undefined` for what is none. */
export function parseJson(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

/** The value at a dotted path: `choices.0.delta.content`. */
export function at(value: unknown, path: string): unknown {
  let here = value
  for (const key of path.split('.')) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Readonly<Record<string, unknown>>)[key]
  }
  return here
}

/** The token of an event: the first non-empty text at one of the paths. */
export function tokenAt(value: unknown, paths: readonly string[]): Signal {
  for (const path of paths) {
    const text = at(value, path)
    if (typeof text === 'string' && text !== '') return { text }
  }
  return NOTHING
}

/** An error event; what is no text is shown as JSON. */
export const failing = (message: unknown): Signal => ({
  error: typeof message === 'string' ? message : JSON.stringify(message),
})
