import {
  at,
  DONE,
  failing,
  NOTHING,
  parseJson,
  tokenAt,
  type Frame,
  type Signal,
  type Wire,
} from './wire.ts'

/** Where to find things in the JSON of an event; bare text is a token as it stands. */
export interface SsePaths {
  /** Path to the token: `'delta.text'`. Without one, the whole data is the token. */
  readonly token?: string | undefined
  /** The end: `'[DONE]'` for that very data, `'type=done'` for a field's value. */
  readonly done?: string | undefined
  /** Path to the message of an error event. */
  readonly error?: string | undefined
}

const END_EVENTS = new Set(['done', 'end', 'complete', 'message_stop'])

/**
 * Server-sent events of any service: each `data:` is a token. `[DONE]` and the events `done`, `end`
 * and `complete` end it, and so does a close; with `done` given, only that marker is an end.
 */
export function sse(paths: SsePaths = {}): Wire {
  const isDone = doneTest(paths.done)
  return {
    name: 'sse',
    framing: 'sse',
    end: paths.done === undefined ? 'close' : 'marker',
    read: (frame) => {
      const value =
        paths.token === undefined && paths.error === undefined && paths.done === undefined
          ? undefined
          : parseJson(frame.data)
      if (isDone(frame, value)) return DONE
      return readEvent(frame, value, paths)
    },
  }
}

function readEvent(frame: Frame, value: unknown, paths: SsePaths): Signal {
  const error = paths.error === undefined ? undefined : at(value, paths.error) || undefined
  if (error !== undefined) return failing(error)
  if (frame.event === 'error') return { error: frame.data }
  if (paths.token === undefined) return frame.data === '' ? NOTHING : { text: frame.data }
  return tokenAt(value, [paths.token])
}

function doneTest(done: string | undefined): (frame: Frame, value: unknown) => boolean {
  if (done === undefined) {
    return (frame) =>
      frame.data === '[DONE]' || (frame.event !== undefined && END_EVENTS.has(frame.event))
  }
  const [path, wanted] = splitOnce(done)
  if (wanted === undefined) return (frame) => frame.data === done || frame.event === done
  return (_frame, value) => String(at(value, path)) === wanted
}

function splitOnce(text: string): [string, string | undefined] {
  const sign = text.indexOf('=')
  return sign === -1 ? [text, undefined] : [text.slice(0, sign), text.slice(sign + 1)]
}
