import { UsageError } from '../errors/usage-error.ts'
import { at, countOf, DONE, pathTo, textOf, tokens, type Signal } from './wires/wire.ts'

/** What one message means to a stream; an empty signal leaves it to others. */
export type ReadSignal = (message: unknown) => Signal

/** How a streamed answer is written in messages. */
export interface SignalPaths {
  /** Path to the token. Default: `content` of messages of `type` `chunk`, and bare text as it stands. */
  readonly token?: string
  /** Paths to the reasoning of a token and to the arguments of a tool: there is none by default. */
  readonly reasoning?: string
  readonly tool?: string
  /** Path to the number of output tokens that the service counted, in whichever message has it. */
  readonly usage?: string
  /** `'type=done'`, the default, for a field's value; `'done'` for a field that is set, or that very text. */
  readonly done?: string
  /** `'type=error'`, the default, for a field's value; `'error'` for a field that is set. */
  readonly error?: string
  /** Reads each message instead of all of the above. */
  readonly read?: ReadSignal
}

/** @throws UsageError when `read` is given beside the paths that it replaces */
export function toReadSignal({ read, ...paths }: SignalPaths): ReadSignal {
  if (read !== undefined) {
    if (paths.token === undefined) return read
    throw new UsageError('stream', 'given either read or the paths token, done and error', 'both')
  }
  const readToken = signalOf(paths)
  if (paths.usage === undefined) return readToken
  const counted = pathTo(paths.usage)
  return (message) => {
    const output = countOf(counted(message))
    const signal = readToken(message)
    return output === undefined ? signal : { ...signal, usage: { output } }
  }
}

function signalOf({
  token,
  reasoning,
  tool,
  done = 'type=done',
  error = 'type=error',
}: SignalPaths): ReadSignal {
  const isDone = test(done)
  const isError = test(error)
  const visible = tokenOf(token)
  const [thought, call] = [reasoning, tool].map((path) =>
    path === undefined ? undefined : pathTo(path),
  )
  return (message) => {
    if (isDone(message)) return DONE
    if (isError(message)) return { error: errorText(message, error) }
    return tokens(textOf(visible(message)), textOf(thought?.(message)), textOf(call?.(message)))
  }
}

function test(marker: string): (message: unknown) => boolean {
  const sign = marker.indexOf('=')
  if (sign === -1) return (message) => message === marker || isSet(at(message, marker))
  const path = marker.slice(0, sign)
  const wanted = marker.slice(sign + 1)
  return (message) => {
    const value = at(message, path)
    return typeof value === 'object' ? false : `${value as string | number | boolean}` === wanted
  }
}

/** `{ done: false }` is no end. */
const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false

function tokenOf(path: string | undefined): (message: unknown) => string | undefined {
  const inField = path ?? 'content'
  return (message) => {
    if (typeof message === 'string') return path === undefined ? message : undefined
    if (path === undefined && at(message, 'type') !== 'chunk') return undefined
    const text = at(message, inField)
    return typeof text === 'string' ? text : undefined
  }
}

/** The message of an error message, where services usually put it. */
function errorText(message: unknown, marker: string): string {
  const places = marker.includes('=') ? [] : [marker]
  for (const path of [...places, 'error.message', 'error', 'message']) {
    const text = at(message, path)
    if (typeof text === 'string') return text
  }
  return typeof message === 'string' ? message : JSON.stringify(message)
}
