import { describe, expect, test } from 'vitest'
import { recognise } from '../../../src/clients/wires/recognise.ts'
import { Frame } from '../../../src/clients/wires/frame.ts'
import type { Signal } from '../../../src/clients/wires/wire.ts'

type Row = readonly [event: string | undefined, data: unknown, signal: Signal]

const frameOf = (event: string | undefined, data: unknown): Frame =>
  new Frame(typeof data === 'string' ? data : JSON.stringify(data), event)
const typed = (type: string, fields: object, signal: Signal): Row => [
  type,
  { type, ...fields },
  signal,
]
const chunk = (delta: object): object => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta }],
})

describe.each<readonly [string, 'marker' | 'close', readonly Row[]]>([
  [
    "OpenAI's chat chunks, by their choices",
    'marker',
    [
      [undefined, chunk({ role: 'assistant', content: '' }), {}],
      [undefined, chunk({ content: 'Hello' }), { text: 'Hello' }],
      [undefined, '[DONE]', { done: true }],
    ],
  ],
  [
    'chat chunks whose first has no choice yet',
    'marker',
    [
      [undefined, { choices: [], prompt_filter_results: [] }, {}],
      [undefined, chunk({ content: 'Hello' }), { text: 'Hello' }],
    ],
  ],
  [
    'an error instead of a first chunk',
    'marker',
    [[undefined, { error: { message: 'no model' } }, { error: 'no model' }]],
  ],
  [
    'such an error as bare text',
    'marker',
    [[undefined, { error: 'no model' }, { error: 'no model' }]],
  ],
  [
    "Anthropic's messages",
    'marker',
    [
      typed('message_start', { message: { content: [] } }, {}),
      typed('content_block_start', { content_block: { type: 'text', text: '' } }, {}),
      typed('ping', {}, {}),
      typed('content_block_delta', { delta: { type: 'text_delta', text: 'Hi' } }, { text: 'Hi' }),
      typed('content_block_delta', { delta: { thinking: 'so' } }, { reasoning: 'so' }),
      typed('content_block_delta', { delta: { partial_json: '{"a' } }, { tool: '{"a' }),
      typed('content_block_delta', { delta: { signature: 'x' } }, {}),
      typed('message_delta', { delta: { stop_reason: 'end_turn' } }, {}),
      typed('error', { error: { type: 'overloaded_error', message: 'full' } }, { error: 'full' }),
      typed('message_stop', {}, { done: true }),
    ],
  ],
  [
    "OpenAI's responses",
    'marker',
    [
      typed('response.created', { response: { error: null } }, {}),
      typed('response.in_progress', { response: {} }, {}),
      typed('response.output_text.delta', { delta: 'Hi' }, { text: 'Hi' }),
      typed('response.output_text.done', { text: 'Hi' }, {}),
      typed('response.function_call_arguments.delta', { delta: '{"a' }, { tool: '{"a' }),
      typed('error', { code: 'x', message: 'full' }, { error: 'full' }),
      typed('response.failed', { response: { error: { message: 'lost' } } }, { error: 'lost' }),
      typed('response.incomplete', { response: {} }, { done: true }),
      typed('response.completed', { response: {} }, { done: true }),
    ],
  ],
  [
    'bare text, whatever follows',
    'close',
    [
      [undefined, 'Hello', { text: 'Hello' }],
      [undefined, '{"choices":[]}', { text: '{"choices":[]}' }],
      [undefined, '[DONE]', { done: true }],
    ],
  ],
  [
    'JSON of its own, which is a token as it stands',
    'close',
    [
      [undefined, { error: null, t: 'Hi' }, { text: '{"error":null,"t":"Hi"}' }],
      [undefined, { choices: null }, { text: '{"choices":null}' }],
    ],
  ],
  [
    'JSON with a type of its own',
    'close',
    [[undefined, { type: 'response.chunk' }, { text: '{"type":"response.chunk"}' }]],
  ],
  ['nothing but an end', 'close', [['done', '{}', { done: true }]]],
])('%s', (_what, end, rows) => {
  test('is recognised by the first event', () => {
    const wire = recognise()
    expect(rows.map(([event, data]) => wire.read(frameOf(event, data)))).toEqual(
      rows.map(([, , signal]) => signal),
    )
    expect(wire.end).toBe(end)
  })
})

test('each stream is recognised by itself', () => {
  const chat = recognise()
  const bare = recognise()
  chat.read(frameOf(undefined, chunk({})))
  expect(bare.read(frameOf(undefined, 'Hello'))).toEqual({ text: 'Hello' })
  expect([chat.end, bare.end]).toEqual(['marker', 'close'])
})

test.each([{ error: false }, { error: '' }, { error: null }, { choices: null }])(
  '%j is neither error nor chunk',
  (data) => {
    const wire = recognise()
    expect(wire.read(frameOf(undefined, data))).toEqual({ text: JSON.stringify(data) })
  },
)

test('before its first event, a stream may end by a close', () =>
  expect(recognise().end).toBe('close'))
