import type { Frame } from './frame.ts'
import { DONE, failing, field, NOTHING, textOf, usage, type Signal, type Wire } from './wire.ts'

/**
 * The UI message stream of the AI SDK (version 5 and later). Tokens are `text-delta`,
 * `reasoning-delta` and `tool-input-delta`; the end is `finish`. The protocol has no usage; one that a
 * service puts into the message's metadata as `usage` or `totalUsage` is taken.
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
export const aiSdk: Wire = {
  name: 'ai-sdk',
  framing: 'sse',
  end: 'marker',
  read,
  knows: (first) => {
    const type = field(first.json(), 'type')
    return (
      type === 'start-step' ||
      (type === 'start' && textOf(field(first.json(), 'messageId')) !== undefined)
    )
  },
}

function read(frame: Frame): Signal {
  if (frame.data === '[DONE]') return DONE
  const part = frame.json()
  switch (field(part, 'type')) {
    case 'text-delta':
      return delta('text', field(part, 'delta'))
    case 'reasoning-delta':
      return delta('reasoning', field(part, 'delta'))
    case 'tool-input-delta':
      return delta('tool', field(part, 'inputTextDelta'))
    case 'message-metadata':
      return counted(field(part, 'messageMetadata'))
    case 'finish':
      return { ...counted(field(part, 'messageMetadata')), done: true }
    case 'error':
      return failing(field(part, 'errorText') ?? frame.data)
    case 'abort':
      return failing(`the service gave it up${because(field(part, 'reason'))}`)
    default:
      return NOTHING
  }
}

function delta(kind: 'text' | 'reasoning' | 'tool', value: unknown): Signal {
  const text = textOf(value)
  return text === undefined ? NOTHING : { [kind]: text }
}

function counted(metadata: unknown): Signal {
  const said = field(metadata, 'totalUsage') ?? field(metadata, 'usage')
  const found = usage(
    field(said, 'inputTokens'),
    field(said, 'outputTokens'),
    field(said, 'reasoningTokens'),
  )
  return found === undefined ? NOTHING : { usage: found }
}

const because = (reason: unknown): string => (typeof reason === 'string' ? `: ${reason}` : '')
