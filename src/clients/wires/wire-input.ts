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

/** The options of each framing. */
const OPTIONS = { sse: ['framing', 'token', 'done', 'error'], text: ['framing'] } as const

/** @throws UsageError for an unknown wire or option, with the nearest known one */
export function toWire(input: WireInput, path: string): Wire {
  if (typeof input === 'object' && input !== null) {
    checkPaths(input, path)
    return input.framing === 'text' ? text : sse(input)
  }
  if (typeof input !== 'string') {
    const expected = "a name or paths like { framing: 'sse', token: 'delta.text' }"
    throw new UsageError(path, expected, input)
  }
  if (Object.hasOwn(BY_NAME, input)) return BY_NAME[input]
  const message = `${path} ${JSON.stringify(input)} is not a wire; ${knownNames(input, Object.keys(BY_NAME))}`
  throw UsageError.saying(path, message, input)
}

/** An option that nobody reads would leave raw JSON as tokens. */
function checkPaths(input: Exclude<WireInput, string>, path: string): void {
  const { framing } = input
  if (!Object.hasOwn(OPTIONS, framing ?? '')) {
    throw new UsageError(`${path}.framing`, "'sse' or 'text'", framing)
  }
  const known: readonly string[] = OPTIONS[framing]
  for (const [key, value] of Object.entries(input)) {
    const here = `${path}.${key}`
    if (!known.includes(key)) {
      throw UsageError.saying(here, `${here} is not an option; ${knownNames(key, known)}`, value)
    }
    if (value !== undefined && typeof value !== 'string') {
      throw new UsageError(here, "a path or a text like 'delta.text'", value)
    }
  }
}
