import { knownNames } from '../../errors/nearest.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { openaiChat } from './openai-chat.ts'
import { sse, type SsePaths } from './sse.ts'
import { text } from './text.ts'
import type { Wire } from './wire.ts'

/** The wires known by name. */
export type WireName = 'openai.chat' | 'sse' | 'text'
/** A wire by name, or by the paths to its tokens; serialisable, so it may stand in a config. */
export type WireInput =
  | WireName
  | ({ readonly framing: 'sse' } & SsePaths)
  | { readonly framing: 'text' }

const BY_NAME: Readonly<Record<WireName, Wire>> = { 'openai.chat': openaiChat, sse: sse(), text }

/** @throws UsageError for an unknown wire, with the nearest known one */
export function toWire(input: WireInput, path: string): Wire {
  if (typeof input === 'object') return input.framing === 'text' ? text : sse(input)
  if (Object.hasOwn(BY_NAME, input)) return BY_NAME[input]
  const message = `${path} ${JSON.stringify(input)} is not a wire; ${knownNames(input, Object.keys(BY_NAME))}`
  throw UsageError.saying(path, message, input)
}
