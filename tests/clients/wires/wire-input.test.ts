import { describe, expect, test } from 'vitest'
import { toWire } from '../../../src/clients/wires/wire-input.ts'
import { UsageError } from '../../../src/errors/usage-error.ts'

describe('a wire by name or by paths', () => {
  test.each([
    ['openai.chat', { name: 'openai.chat', framing: 'sse', end: 'marker' }],
    ['sse', { name: 'sse', framing: 'sse', end: 'close' }],
    ['text', { name: 'text', framing: 'text', end: 'close' }],
    [{ framing: 'text' }, { name: 'text', framing: 'text', end: 'close' }],
    [{ framing: 'sse' }, { framing: 'sse', end: 'close' }],
    [
      { framing: 'sse', token: 'a' },
      { framing: 'sse', end: 'close' },
    ],
    [
      { framing: 'sse', done: '[DONE]' },
      { framing: 'sse', end: 'marker' },
    ],
  ] as const)('%j', (input, wire) => expect(toWire(input, 'wire')).toMatchObject(wire))
})

describe('anything else is refused', () => {
  test.each([
    [
      'openai',
      'wire "openai" is not a wire; known: "openai.chat", "sse", "text"; did you mean "openai.chat"?',
    ],
    ['toString', 'wire "toString" is not a wire; known: "openai.chat", "sse", "text"'],
    [
      { framing: 'sse', tokn: 'delta.text' },
      'wire.tokn is not an option; known: "framing", "token", "done", "error"; did you mean "token"?',
    ],
    [{ framing: 'text', token: 'a' }, 'wire.token is not an option; known: "framing"'],
    [{ token: 'delta.text' }, `wire.framing must be 'sse' or 'text'`],
    [{ framing: 'ndjson' }, `wire.framing must be 'sse' or 'text', got "ndjson"`],
    [{ framing: 'sse', token: 5 }, `wire.token must be a path or a text like 'delta.text', got 5`],
    [null, "wire must be a name or paths like { framing: 'sse', token: 'delta.text' }, got null"],
    [5, "wire must be a name or paths like { framing: 'sse', token: 'delta.text' }, got 5"],
  ])('%j', (input, message) => {
    const make = (): unknown => toWire(input as never, 'wire')
    expect(make).toThrow(UsageError)
    expect(make).toThrow(message)
  })
})
