import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { Frame } from './wires/frame.ts'
import { PRESETS, type WireName } from './wires/presets.ts'
import { at, countOf, DONE, NOTHING, pathTo, textOf, tokens, type Signal } from './wires/wire.ts'

/** What one message means to a stream; an empty signal leaves it to others. */
export type ReadSignal = (message: unknown) => Signal

/** `'ws'`: the default paths. The others are what LLM services write, a message for each of their events. */
export type SocketWire = 'ws' | Exclude<WireName, 'sse' | 'ndjson' | 'text'>

/** How a streamed answer is written in messages. */
export interface SignalPaths {
  /** A wire by name, instead of the paths below. Default `'ws'`. */
  readonly wire?: SocketWire
  /** Path to the token. Default: `content` of messages of `type` `chunk`, and bare text as it stands. */
  readonly token?: string
  /** Paths to what a reasoning model thinks aloud, and to arguments of a tool. */
  readonly reasoning?: string
  readonly tool?: string
  /** Path to the number of tokens that the service counted in its answer. */
  readonly usage?: string
  /** `'type=done'`, the default, for a field's value; `'done'` for a field that is set, or that very text. */
  readonly done?: string
  /** `'type=error'`, the default, for a field's value; `'error'` for a field that is set. */
  readonly error?: string
  /** Reads each message instead of all these. */
  readonly read?: ReadSignal
}

/** Those that are only about bytes mean nothing in a message. */
const WIRES: readonly string[] = [
  'ws',
  ...Object.keys(PRESETS).filter((name) => !['sse', 'ndjson', 'text'].includes(name)),
]

/** @throws UsageError for an unknown wire, and for `read` or a wire beside what it replaces */
export function toReadSignal({ read, wire, ...paths }: SignalPaths): ReadSignal {
  const given = Object.entries({ wire, read, ...paths }).flatMap(([name, value]) =>
    OF_WIRE.includes(name) && value !== undefined ? [name] : [],
  )
  const [first = '', ...others] = given
  if (others.length > 0 && (wire !== undefined || read !== undefined)) {
    throw UsageError.saying(
      'stream',
      `stream takes either ${first}, or ${others.join(' and ')}: the one replaces the other`,
    )
  }
  if (read !== undefined) return read
  return wire === undefined || wire === 'ws' ? byPaths(paths) : byWire(wire)
}

const OF_WIRE = ['wire', 'read', 'token', 'reasoning', 'tool', 'usage', 'done', 'error']

function byWire(name: Exclude<SocketWire, 'ws'>): ReadSignal {
  if (!WIRES.includes(name)) {
    const message = `stream.wire ${JSON.stringify(name)} is none of a socket; ${knownNames(name, WIRES)}`
    throw UsageError.saying('stream.wire', message, name)
  }
  const wire = PRESETS[name]
  return (message) => wire.read(Frame.of(message))
}

function byPaths({
  token,
  reasoning,
  tool,
  usage,
  done = 'type=done',
  error = 'type=error',
}: Omit<SignalPaths, 'read' | 'wire'>): ReadSignal {
  const isDone = test(done)
  const isError = test(error)
  const readToken = tokenOf(token)
  const [readReasoning, readTool, readUsage] = [reasoning, tool, usage].map(reader)
  return (message) => {
    const output = countOf(readUsage?.(message))
    const counted = output === undefined ? NOTHING : { usage: { output } }
    if (isDone(message)) return output === undefined ? DONE : { done: true, ...counted }
    if (isError(message)) return { error: errorText(message, error) }
    const signal = tokens(
      textOf(readToken(message)),
      textOf(readReasoning?.(message)),
      textOf(readTool?.(message)),
    )
    return output === undefined ? signal : { ...signal, ...counted }
  }
}

const reader = (path: string | undefined): ((message: unknown) => unknown) | undefined =>
  path === undefined ? undefined : pathTo(path)

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
