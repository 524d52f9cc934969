import type { Usage } from '../../metrics/sample.ts'
import type { Frame } from './frame.ts'

/** What an event means. Nothing in it: it carries neither token nor end. */
export interface Signal {
  /** Text that a reader sees: of a token, or of several that came in one event. */
  readonly text?: string | undefined
  /** What a reasoning model thinks aloud. */
  readonly reasoning?: string | undefined
  /** Arguments of a tool that is called, or other output that is no text to read. */
  readonly tool?: string | undefined
  /** How many tokens it carries, where a parser of one's own knows. */
  readonly tokens?: number | undefined
  /** What the service says it counted; a later one replaces the figures of an earlier one. */
  readonly usage?: Usage | undefined
  /** The end marker. */
  readonly done?: boolean | undefined
  /** An error event inside a stream that began well. */
  readonly error?: string | undefined
  /** Why the event cannot be read at all. */
  readonly malformed?: string | undefined
}

/** How bytes make frames: server-sent events, one JSON value a line, or each read by itself. */
export type Framing = 'sse' | 'ndjson' | 'text'

/** How a service writes its stream: how bytes make frames, and what a frame means. */
export interface Wire {
  readonly name: string
  readonly framing: Framing
  /** Events are told apart by a single line end. */
  readonly lenient?: boolean | undefined
  /** Whether a close without an end marker is the proper end, or means that the stream was cut off. */
  readonly end: 'marker' | 'close'
  read(frame: Frame): Signal
  /** Whether a stream of this framing that begins so is written this way. */
  knows?(first: Frame): boolean
}

/** The signal of a frame without meaning. */
export const NOTHING: Signal = {}
export const DONE: Signal = { done: true }

/** The field of an object; `undefined` for what is none. */
export function field(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string | number, unknown>>)[key]
}

/** The value at a dotted path: `choices.0.delta.content`. */
export const at = (value: unknown, path: string): unknown => pathTo(path)(value)

/** Reads the value at a dotted path, split once. */
export function pathTo(path: string): (value: unknown) => unknown {
  const keys = path.split('.')
  return (value) => {
    let here = value
    for (const key of keys) here = field(here, key)
    return here
  }
}

/** Text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A count of tokens, from a service that may send anything. */
export const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined

/** The tokens of an event, told apart; most have only text. */
export function tokens(text: string | undefined, reasoning?: string, tool?: string): Signal {
  if (reasoning === undefined && tool === undefined) return text === undefined ? NOTHING : { text }
  return { text, reasoning, tool }
}

/** What a service counted; `undefined` when it says nothing. */
export function usage(input: unknown, output: unknown, reasoning?: unknown): Usage | undefined {
  const counted = { input: countOf(input), output: countOf(output), reasoning: countOf(reasoning) }
  return counted.input === undefined && counted.output === undefined ? undefined : counted
}

/** An error event; what is no text is shown as JSON. */
export const failing = (message: unknown): Signal => ({
  error: typeof message === 'string' ? message : JSON.stringify(message),
})
