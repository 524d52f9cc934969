import {
  at,
  DONE,
  failing,
  NOTHING,
  parseJson,
  tokenAt,
  type Frame,
  type Signal,
  type Wire,
} from './wire.ts'

/**
 * Anthropic's messages. Tokens are the text, thinking and tool input of `content_block_delta`; the
 * end is `message_stop`. @see https://docs.anthropic.com/en/api/messages-streaming
 */
export const anthropic: Wire = { name: 'anthropic', framing: 'sse', end: 'marker', read }

const TOKENS = ['delta.text', 'delta.thinking', 'delta.partial_json']

function read(frame: Frame): Signal {
  const event = parseJson(frame.data)
  switch (at(event, 'type')) {
    case 'content_block_delta':
      return tokenAt(event, TOKENS)
    case 'message_stop':
      return DONE
    case 'error':
      return failing(at(event, 'error.message') ?? frame.data)
    default:
      return NOTHING
  }
}
