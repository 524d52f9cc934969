import { at, DONE, NOTHING, parseJson, type Frame, type Signal, type Wire } from './wire.ts'

/**
 * OpenAI chat completion chunks. A token is the first non-empty of text, reasoning and tool
 * arguments of `choices[0].delta`; the first chunk carries only the role and is none. The end is
 * `data: [DONE]`; a close without it means the answer was cut off.
 */
export const openaiChat: Wire = { name: 'openai.chat', framing: 'sse', end: 'marker', read }

const TOKENS = [
  'choices.0.delta.content',
  'choices.0.delta.reasoning_content',
  'choices.0.delta.reasoning',
  'choices.0.delta.tool_calls.0.function.arguments',
  'choices.0.delta.refusal',
]

function read(frame: Frame): Signal {
  if (frame.data === '[DONE]') return DONE
  const chunk = parseJson(frame.data)
  if (frame.event === 'error' || at(chunk, 'error') !== undefined) {
    const message = at(chunk, 'error.message') ?? at(chunk, 'error') ?? frame.data
    return { error: typeof message === 'string' ? message : JSON.stringify(message) }
  }
  for (const path of TOKENS) {
    const text = at(chunk, path)
    if (typeof text === 'string' && text !== '') return { text }
  }
  return NOTHING
}
