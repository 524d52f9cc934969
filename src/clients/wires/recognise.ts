import { anthropic } from './anthropic.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'
import { sse } from './sse.ts'
import { at, parseJson, type Frame, type Wire } from './wire.ts'

const plain = sse()

/**
 * A wire that finds out by the first event what is spoken: OpenAI's chat chunks or responses,
 * Anthropic's messages, or else bare tokens. One for each stream.
 */
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
  // A service that fails before its first chunk sends nothing but the error.
  if (isSet(first, 'choices') || isSet(first, 'error')) return openaiChat
  const type = at(first, 'type')
  if (type === 'message_start') return anthropic
  return type === 'response.created' || type === 'response.queued' ? openaiResponses : plain
}

const isSet = (value: unknown, path: string): boolean => Boolean(at(value, path))
