import { describe, expect, test } from 'vitest'
import { checkSerialisable, toWire } from '../../../src/clients/wires/wire-input.ts'
import { UsageError } from '../../../src/errors/usage-error.ts'
import { messageOf } from '../../support/message-of.ts'

describe('a wire by name or by paths', () => {
  test.each([
    ['openai.chat', { name: 'openai.chat', framing: 'sse', end: 'marker' }],
    ['sse', { name: 'sse', framing: 'sse', end: 'close' }],
    ['text', { name: 'text', framing: 'text', end: 'close' }],
    [{ framing: 'text' }, { name: 'text', framing: 'text', end: 'close' }],
    [{ framing: 'sse' }, { framing: 'sse', end: 'close' }],
    ['openai.responses', { name: 'openai.responses', framing: 'sse', end: 'marker' }],
    ['anthropic', { name: 'anthropic', framing: 'sse', end: 'marker' }],
    ['ollama', { name: 'ollama', framing: 'ndjson', end: 'marker' }],
    ['ai-sdk', { name: 'ai-sdk', framing: 'sse', end: 'marker' }],
    ['ndjson', { name: 'ndjson', framing: 'ndjson', end: 'close' }],
    [
      { framing: 'ndjson', token: 'a', done: 'b=true' },
      { framing: 'ndjson', end: 'marker' },
    ],
    [
      { framing: 'sse', lenient: true },
      { framing: 'sse', lenient: true },
    ],
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
      'wire "openai" is not a wire; known: "openai.chat", "openai.responses", "anthropic", "ollama", "ai-sdk", "sse", "ndjson", "text"; did you mean "openai.chat"?',
    ],
    [
      'toString',
      'wire "toString" is not a wire; known: "openai.chat", "openai.responses", "anthropic", "ollama", "ai-sdk", "sse", "ndjson", "text"',
    ],
    [
      { framing: 'sse', tokn: 'delta.text' },
      'wire.tokn is not an option; known: "framing", "token", "reasoning", "tool", "done", "usage", "error", "cumulative", "lenient"; did you mean "token"?',
    ],
    [{ framing: 'text', token: 'a' }, 'wire.token is not an option; known: "framing"'],
    [{ token: 'delta.text' }, `wire.framing must be 'sse', 'ndjson' or 'text'`],
    [
      { framing: 'ws' },
      `wire.framing must be 'sse', 'ndjson' or 'text', got "ws". A socket is read by socket.stream(message, { token, done, error })`,
    ],
    [
      { framing: 'ndjson', lenient: true },
      'wire.lenient is not an option; known: "framing", "token", "reasoning", "tool", "done", "usage", "error", "cumulative"',
    ],
    [{ framing: 'sse', cumulative: 'yes' }, 'wire.cumulative must be true or false, got "yes"'],
    [
      { framing: 'sse', parse: 'a' },
      'wire.parse must be a function (frame, state) => signal, got "a"',
    ],
    [
      { framing: 'sse', parse: () => {}, end: 'done' },
      `wire.end must be 'marker' or 'close', got "done"`,
    ],
    [
      { framing: 'sse', parse: () => {}, token: 'a' },
      'wire.token is not an option; known: "framing", "end", "lenient", "parse"',
    ],
    [{ framing: 'sse', token: 5 }, `wire.token must be a path or a text like 'delta.text', got 5`],
    [null, "wire must be a name or paths like { framing: 'sse', token: 'delta.text' }, got null"],
    [5, "wire must be a name or paths like { framing: 'sse', token: 'delta.text' }, got 5"],
  ])('%j', (input, message) => {
    const make = (): unknown => toWire(input as never, 'wire')
    expect(make).toThrow(UsageError)
    expect(make).toThrow(message)
  })
})

test('a parser is code, which no config can hand on', () => {
  const wire = { framing: 'sse', parse: () => ({ text: 'a' }) } as const
  expect(toWire(wire, 'wire')).toMatchObject({ framing: 'sse', end: 'marker' })
  expect(
    messageOf(() => checkSerialisable(wire, 'perf.session.stream.wire')),
  ).toMatchInlineSnapshot(
    `"perf.session.stream.wire.parse is code, which a config cannot hand on to the tests: describe the session with defineSession(), and pass the wire to http.stream()"`,
  )
})
