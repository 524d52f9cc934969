import type { Usage } from '../../src/metrics/sample.ts'
import type { WireName } from '../../src/clients/wires/presets.ts'

/** A stream as a service writes it, and what is in it. */
export interface Recorded {
  readonly wire: WireName
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What is read, piece by piece. */
  readonly text: readonly string[]
  readonly reasoning?: string
  readonly tool?: string
  readonly usage?: Usage
}

const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8' }
const LINES = { 'content-type': 'application/x-ndjson' }

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
const line = (value: unknown): string => `${JSON.stringify(value)}\n`
/** An event that has its type both as its name and in its data. */
const typed = (type: string, fields: object): string =>
  `event: ${type}\n${data({ type, ...fields })}`

const chunk = (delta: object, finish: string | null = null): string =>
  data({
    id: 'chatcmpl-9',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'gpt-x',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage: null,
  })
const delta = (index: number, fields: object): string =>
  typed('content_block_delta', { index, delta: fields })
const ollama = (fields: object): string =>
  line({ model: 'llama', created_at: '2026-01-01T00:00:00Z', done: false, ...fields })

/** Answers of each wire, as recorded from services: with comments, pings, usage, and letters of several bytes. */
export const CORPUS: Readonly<Record<string, Recorded>> = {
  'openai.chat: text with usage': {
    wire: 'openai.chat',
    headers: EVENTS,
    body: [
      chunk({ role: 'assistant', content: '', refusal: null }),
      chunk({ content: 'Grü' }),
      ': keep-alive\n\n',
      chunk({ content: 'ße 🐼' }),
      chunk({ content: '\n\ndata: ' }),
      chunk({}, 'stop'),
      data({
        object: 'chat.completion.chunk',
        choices: [],
        usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
      }),
      'data: [DONE]\n\n',
    ].join(''),
    text: ['Grü', 'ße 🐼', '\n\ndata: '],
    usage: { input: 9, output: 12 },
  },
  'openai.chat: reasoning, then a tool': {
    wire: 'openai.chat',
    headers: EVENTS,
    body: [
      chunk({ role: 'assistant', content: null, reasoning_content: 'Höher' }),
      chunk({ content: null, reasoning_content: '?' }),
      chunk({ content: 'So' }),
      chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'sum', arguments: '' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"ö"}' } }] }),
      chunk({}, 'tool_calls'),
      'data: [DONE]\n\n',
    ].join(''),
    text: ['So'],
    reasoning: 'Höher?',
    tool: '{"a":"ö"}',
  },
  'openai.responses': {
    wire: 'openai.responses',
    headers: EVENTS,
    body: [
      typed('response.created', { response: { id: 'r1', status: 'in_progress', error: null } }),
      typed('response.output_item.added', { output_index: 0, item: { type: 'reasoning' } }),
      typed('response.reasoning_summary_text.delta', { delta: 'hm' }),
      typed('response.output_text.delta', { delta: 'Grü' }),
      typed('response.output_text.delta', { delta: 'ße' }),
      typed('response.output_text.done', { text: 'Grüße' }),
      typed('response.function_call_arguments.delta', { delta: '{}' }),
      typed('response.audio.delta', { delta: 'UklGRg==' }),
      typed('response.completed', {
        response: {
          usage: {
            input_tokens: 7,
            output_tokens: 20,
            output_tokens_details: { reasoning_tokens: 15 },
          },
        },
      }),
    ].join(''),
    text: ['Grü', 'ße'],
    reasoning: 'hm',
    tool: '{}',
    usage: { input: 7, output: 20, reasoning: 15 },
  },
  anthropic: {
    wire: 'anthropic',
    headers: EVENTS,
    body: [
      typed('message_start', {
        message: { id: 'm1', content: [], usage: { input_tokens: 25, output_tokens: 1 } },
      }),
      typed('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }),
      typed('ping', {}),
      delta(0, { type: 'thinking_delta', thinking: 'Läßt ' }),
      delta(0, { type: 'signature_delta', signature: 'EqQB' }),
      delta(1, { type: 'text_delta', text: 'Grüße' }),
      delta(1, { type: 'text_delta', text: ' 🐼' }),
      delta(2, { type: 'input_json_delta', partial_json: '' }),
      delta(2, { type: 'input_json_delta', partial_json: '{"a":1}' }),
      typed('content_block_stop', { index: 2 }),
      typed('message_delta', { delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 40 } }),
      typed('message_stop', {}),
    ].join(''),
    text: ['Grüße', ' 🐼'],
    reasoning: 'Läßt ',
    tool: '{"a":1}',
    usage: { input: 25, output: 40 },
  },
  'ollama: chat': {
    wire: 'ollama',
    headers: LINES,
    body: [
      ollama({ message: { role: 'assistant', content: '', thinking: 'hm' } }),
      ollama({ message: { role: 'assistant', content: 'Grü' } }),
      ollama({ message: { role: 'assistant', content: 'ße 🐼' } }),
      ollama({ message: { content: '', tool_calls: [{ function: { name: 'sum' } }] } }),
      ollama({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        prompt_eval_count: 26,
        eval_count: 298,
        eval_duration: 4_709_213_000,
      }),
    ].join(''),
    text: ['Grü', 'ße 🐼'],
    reasoning: 'hm',
    tool: '[{"function":{"name":"sum"}}]',
    usage: { input: 26, output: 298 },
  },
  'ollama: generate': {
    wire: 'ollama',
    headers: LINES,
    body: [
      ollama({ response: 'Hel' }),
      ollama({ response: 'lo' }),
      ollama({ response: '', done: true, eval_count: 2 }),
    ].join(''),
    text: ['Hel', 'lo'],
    usage: { output: 2 },
  },
  'ai-sdk': {
    wire: 'ai-sdk',
    headers: { ...EVENTS, 'x-vercel-ai-ui-message-stream': 'v1' },
    body: [
      data({ type: 'start', messageId: 'msg1' }),
      data({ type: 'start-step' }),
      data({ type: 'reasoning-start', id: '0' }),
      data({ type: 'reasoning-delta', id: '0', delta: 'hm' }),
      data({ type: 'text-start', id: '1' }),
      data({ type: 'text-delta', id: '1', delta: 'Grü' }),
      data({ type: 'text-delta', id: '1', delta: 'ße' }),
      data({ type: 'text-end', id: '1' }),
      data({ type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '{}' }),
      data({ type: 'finish-step' }),
      data({ type: 'finish', messageMetadata: { totalUsage: { outputTokens: 4 } } }),
      'data: [DONE]\n\n',
    ].join(''),
    text: ['Grü', 'ße'],
    reasoning: 'hm',
    tool: '{}',
    usage: { output: 4 },
  },
  sse: {
    wire: 'sse',
    headers: EVENTS,
    body: 'retry: 5\nid: 1\ndata: a\ndata: b\n\nevent: token\ndata:ö\n\n:ping\n\ndata\n\ndata: [DONE]\n\n',
    text: ['a\nb', 'ö'],
  },
  ndjson: {
    wire: 'ndjson',
    headers: LINES,
    body: '{"t":"Grü"}\n\n{"t":"ße 🐼"}\n',
    text: ['{"t":"Grü"}', '{"t":"ße 🐼"}'],
  },
}
