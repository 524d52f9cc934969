import { aiSdk } from './ai-sdk.ts'
import { anthropic } from './anthropic.ts'
import { ndjson } from './ndjson.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'
import { sse } from './sse.ts'
import { text } from './text.ts'
import type { Wire } from './wire.ts'

/** The wires known by name, in the order in which a stream is tried against them. */
export const PRESETS = {
  'openai.chat': openaiChat,
  'openai.responses': openaiResponses,
  anthropic,
  ollama,
  'ai-sdk': aiSdk,
  sse,
  ndjson,
  text,
} satisfies Readonly<Record<string, Wire>>

export type WireName = keyof typeof PRESETS
