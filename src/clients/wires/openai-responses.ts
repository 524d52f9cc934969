import type { Frame } from './frame.ts'
import { DONE, failing, field, NOTHING, textOf, usage, type Signal, type Wire } from './wire.ts'

/**
 * OpenAI's responses. The `delta` of an event is text (or a refusal), reasoning (or its summary), or
 * arguments of a tool. The end is `response.completed`, or `response.incomplete` when the answer ran into
 * a limit; both say the usage.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponses: Wire = {
  name: 'openai.responses',
  framing: 'sse',
  end: 'marker',
  read,
  knows: (first) => ['response.created', 'response.queued'].includes(typeOf(first)),
}

const typeOf = (frame: Frame): string => textOf(field(frame.json(), 'type')) ?? ''

function read(frame: Frame): Signal {
  const type = typeOf(frame)
  if (type.endsWith('.delta')) return readDelta(type, textOf(field(frame.json(), 'delta')))
  const response = field(frame.json(), 'response')
  switch (type) {
    case 'response.completed':
    case 'response.incomplete':
      return readEnd(field(response, 'usage'))
    case 'response.failed':
      return failing(field(field(response, 'error'), 'message') ?? frame.data)
    case 'error':
      return failing(field(frame.json(), 'message') ?? frame.data)
    default:
      return NOTHING
  }
}

function readDelta(type: string, delta: string | undefined): Signal {
  // Sound comes as base64, which is no token; what is said comes as a transcript beside it.
  if (delta === undefined || type.endsWith('audio.delta')) return NOTHING
  if (type.includes('reasoning')) return { reasoning: delta }
  return /text|refusal|transcript/.test(type) ? { text: delta } : { tool: delta }
}

function readEnd(counted: unknown): Signal {
  const details = field(counted, 'output_tokens_details')
  const [input, output] = [field(counted, 'input_tokens'), field(counted, 'output_tokens')]
  const said = usage(input, output, field(details, 'reasoning_tokens'))
  return said === undefined ? DONE : { done: true, usage: said }
}
