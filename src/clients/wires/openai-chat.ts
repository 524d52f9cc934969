import {
  at,
  DONE,
  failing,
  parseJson,
  tokenAt,
  type Frame,
  type Signal,
  type Wire,
} from './wire.ts'

/**
 * OpenAI chat completion chunks. A token is the first non-empty of text, reasoning and tool
 * arguments of `choices[0].delta`; the first chunk carries only the role and is none. The end is
 * `data: [DONE]`; a close without it means the answer was cut off.
 */
export const openaiChat: Wire = { name: 'openai.chat', framing: 'sse', end: 'marker', read }

/** In `choices[0].delta`, the likeliest first. */
const TOKENS = [
  'content',
  'reasoning_content',
  'reasoning',
  'tool_calls.0.function.arguments',
  'refusal',
]

function read(frame: Frame): Signal {
  if (frame.data === '[DONE]') return DONE
  const chunk = parseJson(frame.data)
  // Some send `error: null` or `''` along with every chunk.
  const error = at(chunk, 'error') || undefined
  if (frame.event === 'error' || error !== undefined) {
    return failing(at(error, 'message') ?? error ?? frame.data)
  }
  return tokenAt(at(chunk, 'choices.0.delta'), TOKENS)
}
