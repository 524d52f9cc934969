import type { Frame } from './frame.ts'
import { failing, field, textOf, tokens, usage, type Signal, type Wire } from './wire.ts'

/**
 * Ollama's own format, one JSON object a line: text and thinking of `message` (chat) or of the line
 * itself (generate), tool calls whole. The end is `done: true`, which says the usage.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const ollama: Wire = {
  name: 'ollama',
  framing: 'ndjson',
  end: 'marker',
  read,
  knows: (first) => {
    const line = first.json()
    return typeof field(line, 'done') === 'boolean' || Boolean(field(line, 'error'))
  },
}

function read(frame: Frame): Signal {
  const line = frame.json()
  const error = field(line, 'error') || undefined
  if (error !== undefined) return failing(error)
  const message = field(line, 'message')
  const signal = tokens(
    textOf(field(message, 'content')) ?? textOf(field(line, 'response')),
    textOf(field(message, 'thinking')) ?? textOf(field(line, 'thinking')),
    callsOf(field(message, 'tool_calls')),
  )
  if (field(line, 'done') !== true) return signal
  const said = usage(field(line, 'prompt_eval_count'), field(line, 'eval_count'))
  return { ...signal, done: true, ...(said !== undefined && { usage: said }) }
}

const callsOf = (calls: unknown): string | undefined =>
  Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls) : undefined
