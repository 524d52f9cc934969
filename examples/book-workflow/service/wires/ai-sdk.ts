import { event, EVENTS, type Usage, type Wire } from './wire.ts'

/** The AI SDK's UI message stream. @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol */
export const aiSdk: Wire = {
  headers: { ...EVENTS, 'x-vercel-ai-ui-message-stream': 'v1' },
  stream({ id }) {
    const say = (type: string, fields: object = {}): string => event({ type, ...fields })
    return {
      open: () =>
        say('start', { messageId: id }) + say('start-step') + say('text-start', { id: 'text' }),
      token: (delta) => say('text-delta', { id: 'text', delta }),
      close: (_, usage) =>
        say('text-end', { id: 'text' }) +
        say('finish-step') +
        say('finish', { messageMetadata: { usage: counted(usage) } }) +
        event('[DONE]'),
      error: (errorText) => say('error', { errorText }),
    }
  },
  whole: ({ id }, text, usage) => ({
    id,
    role: 'assistant',
    parts: [{ type: 'text', text }],
    metadata: { usage: counted(usage) },
  }),
}

const counted = ({ input, output }: Usage) => ({ inputTokens: input, outputTokens: output })
