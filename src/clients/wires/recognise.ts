import { openaiChat } from './openai-chat.ts'
import { sse } from './sse.ts'
import { at, parseJson, type Frame, type Wire } from './wire.ts'

/** Anthropic's messages: `message_start`, `content_block_delta` …, `message_stop`. */
const anthropic = sse({ token: 'delta.text', done: 'type=message_stop', error: 'error.message' })
/** OpenAI's responses: `response.created`, `response.output_text.delta` …, `response.completed`. */
const responses = sse({ token: 'delta', done: 'type=response.completed', error: 'error.message' })
const plain = sse()

/** A wire that finds out by the first frame what is spoken, for streams read by somebody's own SDK. */
export function recognise(): Wire {
  let wire: Wire | undefined
  return {
    name: 'recognised',
    framing: 'sse',
    get end() {
      return wire?.end ?? 'close'
    },
    read: (frame) => {
      wire ??= wireOf(frame)
      return wire.read(frame)
    },
  }
}

function wireOf(frame: Frame): Wire {
  const first = parseJson(frame.data)
  if (at(first, 'choices') !== undefined || at(first, 'error') !== undefined) return openaiChat
  const type = at(first, 'type')
  if (type === 'message_start') return anthropic
  return typeof type === 'string' && type.startsWith('response.') ? responses : plain
}
