import { event, EVENTS, type Head, type Wire } from './wire.ts'

/** Anthropic's messages. @see https://docs.anthropic.com/en/api/messages-streaming */
export const anthropic: Wire = {
  headers: EVENTS,
  stream(head) {
    const say = (type: string, fields: object = {}): string => event({ type, ...fields }, type)
    return {
      open: () =>
        say('message_start', { message: messageOf(head, [], null, 1) }) +
        say('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
        say('ping'),
      token: (text) =>
        say('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
      close: (_, { output }) =>
        say('content_block_stop', { index: 0 }) +
        say('message_delta', {
          delta: { stop_reason: 'end_turn', stop_sequence: null },
          usage: { output_tokens: output },
        }) +
        say('message_stop'),
      error: (message) => say('error', { error: { type: 'overloaded_error', message } }),
    }
  },
  whole: (head, text, { output }) =>
    messageOf(head, [{ type: 'text', text, citations: null }], 'end_turn', output),
}

const messageOf = (
  { id, model, input }: Head,
  content: readonly object[],
  reason: string | null,
  output: number,
) => ({
  id: `msg_${id}`,
  type: 'message',
  role: 'assistant',
  model,
  content,
  stop_reason: reason,
  stop_sequence: null,
  usage: { input_tokens: input, output_tokens: output },
})
