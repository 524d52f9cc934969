import type { Frame } from './frame.ts'
import {
  DONE,
  failing,
  field,
  NOTHING,
  textOf,
  tokens,
  usage,
  type Signal,
  type Wire,
} from './wire.ts'

/**
 * Anthropic's messages. Tokens are the text, thinking and tool input of `content_block_delta`; the
 * end is `message_stop`. Input tokens are said at the start, output tokens (cumulative) in
 * `message_delta`. @see https://docs.anthropic.com/en/api/messages-streaming
 */
export const anthropic: Wire = {
  name: 'anthropic',
  framing: 'sse',
  end: 'marker',
  read,
  knows: (first) => field(first.json(), 'type') === 'message_start',
}

function read(frame: Frame): Signal {
  const event = frame.json()
  switch (field(event, 'type')) {
    case 'content_block_delta':
      return readDelta(field(event, 'delta'))
    case 'message_start':
      // Its output tokens are those of an answer that has not begun.
      return counted(field(field(field(event, 'message'), 'usage'), 'input_tokens'), undefined)
    case 'message_delta':
      return counted(
        field(field(event, 'usage'), 'input_tokens'),
        field(field(event, 'usage'), 'output_tokens'),
      )
    case 'message_stop':
      return DONE
    case 'error':
      return failing(field(field(event, 'error'), 'message') ?? frame.data)
    default:
      return NOTHING
  }
}

const readDelta = (delta: unknown): Signal =>
  tokens(
    textOf(field(delta, 'text')),
    textOf(field(delta, 'thinking')),
    textOf(field(delta, 'partial_json')),
  )

function counted(input: unknown, output: unknown): Signal {
  const said = usage(input, output)
  return said === undefined ? NOTHING : { usage: said }
}
