import type { Frame } from './frame.ts'
import {
  countOf,
  DONE,
  failing,
  NOTHING,
  pathTo,
  textOf,
  tokens,
  type Signal,
  type Wire,
} from './wire.ts'

/** Where to find things in the JSON of an event or of a line; without `token` its text is one as it stands. */
export interface TokenPaths {
  /** Path to the visible text of a token: `'delta.text'`. Without one, the whole data is the token. */
  readonly token?: string | undefined
  /** Path to the reasoning of a token, and to the arguments of a tool. */
  readonly reasoning?: string | undefined
  readonly tool?: string | undefined
  /** The end: `'[DONE]'` for that very data, `'type=done'` for a field's value. */
  readonly done?: string | undefined
  /** Path to the number of tokens that the service counted in its answer: `'usage.output_tokens'`. */
  readonly usage?: string | undefined
  /** Path to the message of an error event. */
  readonly error?: string | undefined
  /** Each token is the whole text so far; only what is new in it counts. */
  readonly cumulative?: boolean | undefined
}

type Read = (frame: Frame) => unknown
/** What a test of the end looks at besides the value of a frame. */
type IsDone = (frame: Frame) => boolean

/** Events of the name `done`, or like it, end a stream that does not say what its end is. */
const END_EVENTS = new Set(['done', 'end', 'complete', 'message_stop'])

/** A wire by paths. With `done`, only that marker is an end; without it a close is one too. */
export function byPaths(framing: 'sse' | 'ndjson', paths: TokenPaths, lenient = false): Wire {
  const isDone = doneTest(framing, paths.done)
  const error = reader(paths.error)
  const counted = reader(paths.usage)
  const token = tokenReader(paths)
  const readToken = paths.cumulative === true ? onlyNew(token) : token
  return {
    name: framing,
    framing,
    lenient,
    end: paths.done === undefined ? 'close' : 'marker',
    read: (frame) => {
      const output = counted === undefined ? undefined : countOf(counted(frame))
      const usage = output === undefined ? undefined : { input: undefined, output }
      if (isDone(frame)) return usage === undefined ? DONE : { done: true, usage }
      const message = error?.(frame) || undefined
      if (message !== undefined) return failing(message)
      if (frame.event === 'error') return { error: frame.data }
      const signal = readToken(frame)
      return usage === undefined ? signal : { ...signal, usage }
    },
  }
}

function reader(path: string | undefined): Read | undefined {
  if (path === undefined) return undefined
  const find = pathTo(path)
  return (frame) => find(frame.json())
}

function tokenReader(paths: TokenPaths): (frame: Frame) => Signal {
  const [token, reasoning, tool] = [paths.token, paths.reasoning, paths.tool].map(reader)
  if (token === undefined && reasoning === undefined && tool === undefined) {
    return ({ data }) => (data === '' ? NOTHING : { text: data })
  }
  return (frame) =>
    tokens(textOf(token?.(frame)), textOf(reasoning?.(frame)), textOf(tool?.(frame)))
}

/** The signals of a stream whose tokens repeat what came before them. */
function onlyNew(read: (frame: Frame) => Signal): (frame: Frame) => Signal {
  let seen = ''
  return (frame) => {
    const { text = '', ...rest } = read(frame)
    const fresh = text.startsWith(seen) ? text.slice(seen.length) : text
    if (text !== '') seen = text
    return { ...rest, text: textOf(fresh) }
  }
}

function doneTest(framing: 'sse' | 'ndjson', done: string | undefined): IsDone {
  if (done === undefined) {
    if (framing === 'ndjson') return () => false
    return ({ data, event }) => data === '[DONE]' || (event !== undefined && END_EVENTS.has(event))
  }
  const sign = done.indexOf('=')
  if (sign === -1) return ({ data, event }) => data === done || event === done
  const find = pathTo(done.slice(0, sign))
  const wanted = done.slice(sign + 1)
  return (frame) => String(find(frame.json())) === wanted
}
