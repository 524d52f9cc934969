import { expect, test } from 'vitest'
import { Frame } from '../../../src/clients/wires/frame.ts'
import { text } from '../../../src/clients/wires/text.ts'

test.each([
  ['Hello', { text: 'Hello' }],
  ['[DONE]', { text: '[DONE]' }],
  ['data: a\n\n', { text: 'data: a\n\n' }],
  ['', {}],
])('%j means %j', (data, signal) => expect(text.read(new Frame(data))).toEqual(signal))

test('the close is the end', () =>
  expect(text).toMatchObject({ name: 'text', framing: 'text', end: 'close' }))
