import { event, EVENTS, line, LINES, type Head, type Usage, type Wire } from './wire.ts'

const whole = ({ id }: Head, text: string, usage: Usage): object => ({ id, text, usage })

/** Bare server-sent events: each is a token, the one named `done` is the end. */
export const sse: Wire = {
  headers: EVENTS,
  stream: () => ({
    open: () => '',
    token: (text) => event(text),
    close: () => event('', 'done'),
    error: (message) => event(message, 'error'),
  }),
  whole,
}

/** Bare lines: each is a token, the last one says what was counted. */
export const ndjson: Wire = {
  headers: LINES,
  stream: () => ({
    open: () => '',
    token: (text) => line({ text }),
    close: (_, usage) => line({ done: true, usage }),
    error: (error) => line({ error }),
  }),
  whole,
}

/** Chunked text: whatever comes is the answer, and the close is its end. */
export const text: Wire = {
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  stream: () => ({
    open: () => '',
    token: (token) => token,
    close: () => '',
    error: () => undefined,
  }),
  whole,
}
