import { event, EVENTS, seconds, type Head, type Usage, type Wire } from './wire.ts'

/** OpenAI's responses. @see https://platform.openai.com/docs/api-reference/responses-streaming */
export const openaiResponses: Wire = {
  headers: EVENTS,
  stream(head) {
    const item = { item_id: `msg_${head.id}`, output_index: 0, content_index: 0 }
    let number = 0
    const say = (type: string, fields: object): string =>
      event({ type, sequence_number: number++, ...fields }, type)
    return {
      open: () =>
        say('response.created', { response: responseOf(head, 'in_progress') }) +
        say('response.output_item.added', { output_index: 0, item: messageOf(head) }) +
        say('response.content_part.added', { ...item, part: partOf('') }),
      token: (delta) => say('response.output_text.delta', { ...item, delta, logprobs: [] }),
      close: (text, usage) =>
        say('response.output_text.done', { ...item, text, logprobs: [] }) +
        say('response.content_part.done', { ...item, part: partOf(text) }) +
        say('response.output_item.done', { output_index: 0, item: messageOf(head, text) }) +
        say('response.completed', { response: responseOf(head, 'completed', text, usage) }),
      error: (message) => say('error', { code: 'server_error', message, param: null }),
    }
  },
  whole: (head, text, usage) => responseOf(head, 'completed', text, usage),
}

const responseOf = (head: Head, status: string, text?: string, usage?: Usage) => ({
  id: `resp_${head.id}`,
  object: 'response',
  created_at: seconds(),
  status,
  error: null,
  incomplete_details: null,
  model: head.model,
  output: text === undefined ? [] : [messageOf(head, text)],
  usage: usage === undefined ? null : counted(usage),
})

const messageOf = ({ id }: Head, text?: string) => ({
  id: `msg_${id}`,
  type: 'message',
  role: 'assistant',
  status: text === undefined ? 'in_progress' : 'completed',
  content: text === undefined ? [] : [partOf(text)],
})

const partOf = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })

const counted = ({ input, output }: Usage) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: input + output,
})
