import { describe, expect, test } from 'vitest'
import { openaiChat } from '../../../src/clients/wires/openai-chat.ts'
import type { Signal } from '../../../src/clients/wires/wire.ts'

const read = (data: unknown, event?: string): Signal =>
  openaiChat.read({ event, data: typeof data === 'string' ? data : JSON.stringify(data) })
const delta = (fields: object): Signal => read({ choices: [{ index: 0, delta: fields }] })

test('only the marker is an end: a close without it cuts the answer off', () =>
  expect(openaiChat).toMatchObject({ name: 'openai.chat', framing: 'sse', end: 'marker' }))

describe('a token is the first non-empty of', () => {
  test.each([
    ['the text', { content: 'Hello' }, 'Hello'],
    ['a space', { content: ' ' }, ' '],
    ['reasoning, as DeepSeek calls it', { content: null, reasoning_content: 'so' }, 'so'],
    ['reasoning, as OpenRouter calls it', { content: '', reasoning: 'so' }, 'so'],
    ['arguments of a tool', { tool_calls: [{ index: 0, function: { arguments: '{"a' } }] }, '{"a'],
    ['a refusal', { refusal: 'I cannot' }, 'I cannot'],
    ['text before reasoning', { reasoning: 'so', content: 'Hello' }, 'Hello'],
  ])('%s', (_what, fields, text) => expect(delta(fields)).toEqual({ text }))
})

describe('no token is', () => {
  test.each([
    ['the role', delta({ role: 'assistant', content: '' })],
    ['the role alone', delta({ role: 'assistant', content: null })],
    ['the name of a tool', delta({ tool_calls: [{ function: { name: 'sum', arguments: '' } }] })],
    ['the finish reason', read({ choices: [{ delta: {}, finish_reason: 'stop' }] })],
    ['the usage', read({ choices: [], usage: { total_tokens: 3 } })],
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
