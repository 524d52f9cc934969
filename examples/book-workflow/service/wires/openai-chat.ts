import { event, EVENTS, seconds, type Head, type Usage, type Wire } from './wire.ts'

/** OpenAI's chat completions. @see https://platform.openai.com/docs/api-reference/chat-streaming */
export const openaiChat: Wire = {
  headers: EVENTS,
  stream(head) {
    const chunk = (choices: readonly object[], usage?: object): string =>
      event({ ...commonOf(head, 'chat.completion.chunk'), choices, ...(usage && { usage }) })
    const choice = (delta: object, reason: string | null = null): string =>
      chunk([{ index: 0, delta, logprobs: null, finish_reason: reason }])
    return {
      open: () => choice({ role: 'assistant', content: '' }),
      token: (content) => choice({ content }),
      close: (_, usage) =>
        choice({}, 'stop') + (head.wantsUsage ? chunk([], counted(usage)) : '') + event('[DONE]'),
      error: (message) => event({ error: { message, type: 'server_error' } }),
    }
  },
  whole: (head, content, usage) => ({
    ...commonOf(head, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: counted(usage),
  }),
}

const commonOf = ({ id, model }: Head, object: string) => ({
  id: `chatcmpl-${id}`,
  object,
  created: seconds(),
  model,
})

const counted = ({ input, output }: Usage) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
})
