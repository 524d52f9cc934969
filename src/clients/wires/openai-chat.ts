import type { Usage } from '../../metrics/sample.ts'
import type { Frame } from './frame.ts'
import { DONE, failing, field, textOf, tokens, usage, type Signal, type Wire } from './wire.ts'

/**
 * OpenAI chat completion chunks: text (or a refusal), reasoning and tool arguments of
 * `choices[0].delta`; the first chunk carries only the role and is no token. Usage comes last, to
 * those who ask for it with `stream_options.include_usage`. The end is `data: [DONE]`; a close without it
 * means the answer was cut off. @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const openaiChat: Wire = {
  name: 'openai.chat',
  framing: 'sse',
  end: 'marker',
  read,
  // A service that fails before its first chunk sends nothing but the error.
  knows: (first) => isSet(first, 'choices') || isSet(first, 'error'),
}

const isSet = (frame: Frame, key: string): boolean => Boolean(field(frame.json(), key))

function read(frame: Frame): Signal {
  if (frame.data === '[DONE]') return DONE
  const chunk = frame.json()
  // Some send `error: null` or `''` along with every chunk.
  const error = field(chunk, 'error') || undefined
  if (frame.event === 'error' || error !== undefined) {
    return failing(field(error, 'message') ?? error ?? frame.data)
  }
  const signal = readDelta(field(field(field(chunk, 'choices'), 0), 'delta'))
  const counted = usageOf(field(chunk, 'usage'))
  return counted === undefined ? signal : { ...signal, usage: counted }
}

/** Reasoning has two names: DeepSeek's and OpenRouter's. */
const readDelta = (delta: unknown): Signal =>
  tokens(
    textOf(field(delta, 'content')) ?? textOf(field(delta, 'refusal')),
    textOf(field(delta, 'reasoning_content')) ?? textOf(field(delta, 'reasoning')),
    argumentsOf(field(delta, 'tool_calls')),
  )

function argumentsOf(calls: unknown): string | undefined {
  if (!Array.isArray(calls)) return undefined
  const texts = calls.map((call) => textOf(field(field(call, 'function'), 'arguments')) ?? '')
  return textOf(texts.join(''))
}

function usageOf(counted: unknown): Usage | undefined {
  if (typeof counted !== 'object' || counted === null) return undefined
  const details = field(counted, 'completion_tokens_details')
  const [input, output] = [field(counted, 'prompt_tokens'), field(counted, 'completion_tokens')]
  return usage(input, output, field(details, 'reasoning_tokens'))
}
