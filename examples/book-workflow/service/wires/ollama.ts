import { line, LINES, type Head, type Usage, type Wire } from './wire.ts'

/** Ollama's chat, a JSON object a line. @see https://github.com/ollama/ollama/blob/main/docs/api.md */
export const ollama: Wire = {
  headers: LINES,
  stream: (head) => ({
    open: () => '',
    token: (content) => line(chunkOf(head, content)),
    close: (_, usage) => line(chunkOf(head, '', usage)),
    error: (message) => line({ error: message }),
  }),
  whole: (head, text, usage) => chunkOf(head, text, usage),
}

const chunkOf = ({ model }: Head, content: string, usage?: Usage) => ({
  model,
  created_at: new Date().toISOString(),
  message: { role: 'assistant', content },
  done: usage !== undefined,
  ...(usage && {
    done_reason: 'stop',
    prompt_eval_count: usage.input,
    eval_count: usage.output,
  }),
})
