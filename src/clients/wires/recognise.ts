import { openaiChat } from './openai-chat.ts'
import { sse } from './sse.ts'
import { at, parseJson, type Frame, type Wire } from './wire.ts'

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
  return at(first, 'choices') === undefined ? sse() : openaiChat
}
