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
 * OpenAI's responses. A token is the `delta` of any event: text, reasoning, arguments of a tool. The
 * end is `response.completed`, or `response.incomplete` when the answer ran into a limit.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponses: Wire = {
  name: 'openai.responses',
  framing: 'sse',
  end: 'marker',
  read,
}

function read(frame: Frame): Signal {
  const event = parseJson(frame.data)
  switch (at(event, 'type')) {
    case 'response.completed':
    case 'response.incomplete':
      return DONE
    case 'response.failed':
      return failing(at(event, 'response.error.message') ?? frame.data)
    case 'error':
      return failing(at(event, 'message') ?? frame.data)
    default:
      return tokenAt(event, ['delta'])
  }
}
