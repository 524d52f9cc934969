import { describe, expect, test } from 'vitest'
import { Frame } from '../../../src/clients/wires/frame.ts'
import { openaiChat } from '../../../src/clients/wires/openai-chat.ts'
import type { Signal } from '../../../src/clients/wires/wire.ts'

const read = (data: unknown, event?: string): Signal =>
  openaiChat.read(new Frame(typeof data === 'string' ? data : JSON.stringify(data), event))
const delta = (fields: object): Signal => read({ choices: [{ index: 0, delta: fields }] })

test('only the marker is an end: a close without it cuts the answer off', () =>
  expect(openaiChat).toMatchObject({ name: 'openai.chat', framing: 'sse', end: 'marker' }))

describe('a token is', () => {
  test.each<readonly [string, object, Signal]>([
    ['text', { content: 'Hello' }, { text: 'Hello' }],
    ['a space', { content: ' ' }, { text: ' ' }],
    ['a refusal', { refusal: 'I cannot' }, { text: 'I cannot' }],
    [
      'reasoning, as DeepSeek calls it',
      { content: null, reasoning_content: 'so' },
      { reasoning: 'so' },
    ],
    ['reasoning, as OpenRouter calls it', { content: '', reasoning: 'so' }, { reasoning: 'so' }],
    ['both', { reasoning: 'so', content: 'Hello' }, { text: 'Hello', reasoning: 'so' }],
    [
      'arguments of a tool',
      { tool_calls: [{ index: 0, function: { arguments: '{"a' } }] },
      { tool: '{"a' },
    ],
    [
      'arguments of several',
      { tool_calls: [{ function: { name: 'sum' } }, { function: { arguments: '{}' } }] },
      { tool: '{}' },
    ],
  ])('%s', (_what, fields, signal) => expect(delta(fields)).toEqual(signal))
})

describe('usage', () => {
  const usage = {
    prompt_tokens: 9,
    completion_tokens: 12,
    completion_tokens_details: { reasoning_tokens: 5 },
  }

  test('comes in a last chunk without a choice', () =>
    expect(read({ choices: [], usage })).toEqual({ usage: { input: 9, output: 12, reasoning: 5 } }))

  test('or along with a token', () =>
    expect(read({ choices: [{ delta: { content: 'a' } }], usage })).toEqual({
      text: 'a',
      usage: { input: 9, output: 12, reasoning: 5 },
    }))

  test.each([null, {}, 'many', { completion_tokens: 'many' }, { completion_tokens: -1 }])(
    'is not said by %j',
    (said) => expect(read({ choices: [], usage: said })).toEqual({}),
  )
})

describe('no token is', () => {
  test.each([
    ['the role', delta({ role: 'assistant', content: '' })],
    ['the role alone', delta({ role: 'assistant', content: null })],
    ['the name of a tool', delta({ tool_calls: [{ function: { name: 'sum', arguments: '' } }] })],
    ['the finish reason', read({ choices: [{ delta: {}, finish_reason: 'stop' }] })],
    ['a number as text', delta({ content: 7 })],
    ['no JSON', read('{"choices":[{')],
    ['nothing', read('')],
  ])('%s', (_what, signal) => expect(signal).toEqual({}))
})

test('[DONE] is the end; in JSON it is none', () => {
  expect(read('[DONE]')).toEqual({ done: true })
  expect(delta({ content: '[DONE]' })).toEqual({ text: '[DONE]' })
})

describe('an error inside the stream says', () => {
  test.each([
    ['its message', { error: { message: 'overloaded', code: 503 } }, undefined, 'overloaded'],
    ['its text', { error: 'overloaded' }, undefined, 'overloaded'],
    ['all of it when it has no message', { error: { code: 503 } }, undefined, '{"code":503}'],
    ['its data, for an event of that name', 'out of memory', 'error', 'out of memory'],
    ['the JSON of such an event', { code: 7 }, 'error', '{"code":7}'],
  ])('%s', (_what, data, event, error) => expect(read(data, event)).toEqual({ error }))

  test.each([null, false, ''])('nothing, when it is %j', (error) =>
    expect(read({ error, choices: [{ delta: { content: 'a' } }] })).toEqual({ text: 'a' }),
  )
})
