import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { TokenReader } from '../../src/clients/token-reader.ts'
import { openaiChat } from '../../src/clients/wires/openai-chat.ts'
import { byPaths } from '../../src/clients/wires/paths.ts'
import { recognise } from '../../src/clients/wires/recognise.ts'
import { sse } from '../../src/clients/wires/sse.ts'
import { text } from '../../src/clients/wires/text.ts'
import type { Wire } from '../../src/clients/wires/wire.ts'
import { cutAt } from './chunks.ts'

const chunk = (content: string): string =>
  `data: {"choices":[{"delta":${JSON.stringify({ content })}}]}\n\n`
const CHAT = `: hello\n\n${chunk('')}${chunk('Gr')}${chunk('üße 🐼')}${chunk('\n')}data: [DONE]\n\n`
const PLAIN = 'retry: 5\r\nid: 1\r\ndata: a\r\ndata: b\r\n\r\nevent: x\r\ndata: ö\r\n\r\n'

interface Read {
  readonly tokens: readonly string[]
  readonly reader: TokenReader
}

/** What is read from chunks that come one ms after another. */
function readAll(wire: Wire, chunks: readonly (Buffer | string)[]): Read {
  const tokens: string[] = []
  const reader = new TokenReader(wire, 0, { token: (token) => tokens.push(token) })
  for (const [at, bytes] of chunks.entries()) reader.push(Buffer.from(bytes), at + 1)
  reader.end(chunks.length + 1)
  return { tokens, reader }
}

describe('a stream cut in two at every byte', () => {
  test.each<readonly [string, () => Wire, string, readonly string[]]>([
    ['chat chunks', () => openaiChat, CHAT, ['Gr', 'üße 🐼', '\n']],
    ['chat chunks, recognised', () => recognise(), CHAT, ['Gr', 'üße 🐼', '\n']],
    ['events with \\r\\n', () => sse, PLAIN, ['a\nb', 'ö']],
    ['events with \\r', () => sse, PLAIN.replaceAll('\r\n', '\r'), ['a\nb', 'ö']],
    ['events behind a byte order mark', () => sse, `\uFEFF${PLAIN}`, ['a\nb', 'ö']],
    ['events without their last blank line', () => sse, PLAIN.trimEnd(), ['a\nb', 'ö']],
  ])('%s', (_what, wire, stream, tokens) => {
    const bytes = Buffer.from(stream)
    for (let place = 0; place <= bytes.length; place++) {
      const read = readAll(wire(), cutAt(bytes, [place]))
      expect([place, ...read.tokens]).toEqual([place, ...tokens])
      expect(read.reader).toMatchObject({ done: true, error: undefined, tokens: tokens.length })
    }
  })

  test('plain text is the same text, though other tokens', () => {
    const bytes = Buffer.from('Grüße 🐼!')
    for (let place = 0; place <= bytes.length; place++) {
      const { tokens, reader } = readAll(text, cutAt(bytes, [place]))
      expect(tokens.join('')).toBe('Grüße 🐼!')
      expect(reader.done).toBe(true)
    }
  })
})

property.prop([
  fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 10 }),
  fc.array(fc.nat(400), { maxLength: 20 }),
])('any tokens, cut anywhere, come out as they went in', (tokens, cuts) => {
  const stream = Buffer.from(`${tokens.map(chunk).join('')}data: [DONE]\n\n`)
  const read = readAll(openaiChat, cutAt(stream, cuts))
  expect(read.tokens).toEqual(tokens)
  expect(read.reader.done).toBe(true)
})

describe('times, of reads at the stamps given, from a start at 100', () => {
  const [a, b, done] = ['data: a\n\n', 'data: b\n\n', 'data: [DONE]\n\n']

  test.each<readonly [string, readonly (readonly [number, string])[], object]>([
    ['nothing came', [], { ttft: undefined, ttct: undefined, gaps: [] }],
    ['headers and a comment', [[110, ': hi\n\n']], { ttft: undefined, gaps: [] }],
    [
      'one token',
      [
        [130, a],
        [150, done],
      ],
      { ttft: 30, ttct: 50, gaps: [] },
    ],
    [
      'one gap between two',
      [
        [130, a],
        [145, b],
        [150, done],
      ],
      { ttft: 30, ttct: 50, gaps: [15] },
    ],
    [
      'several',
      [
        [130, a],
        [140, a],
        [170, a],
        [180, done],
      ],
      { ttft: 30, gaps: [10, 30] },
    ],
    [
      'two in one read are one arrival',
      [
        [130, a + b],
        [150, a + done],
      ],
      { ttct: 50, gaps: [20] },
    ],
    [
      'so are two chunks with one stamp',
      [
        [130, a],
        [130, b],
        [150, a],
      ],
      { ttft: 30, gaps: [20] },
    ],
    [
      'a read without token makes no gap',
      [
        [130, a],
        [140, ': hi\n\n'],
        [150, b],
      ],
      { gaps: [20] },
    ],
    ['all at once', [[130, a + b + done]], { ttft: 30, ttct: 30, gaps: [] }],
    [
      'a token in two reads came with the second',
      [
        [110, 'data: '],
        [130, 'a\n\n'],
      ],
      { ttft: 30 },
    ],
    [
      'an end in two reads came with the second',
      [
        [130, `${a}data: [DO`],
        [150, 'NE]\n\n'],
      ],
      { ttct: 50 },
    ],
    [
      'what follows the end has no time',
      [
        [130, a],
        [140, done],
        [190, b],
      ],
      { ttct: 40, gaps: [] },
    ],
  ])('%s', (_what, reads, timing) => {
    const reader = new TokenReader(sse, 100)
    for (const [at, bytes] of reads) reader.push(Buffer.from(bytes), at)
    expect(reader.timing()).toMatchObject(timing)
  })

  test('the role chunk is no first token', () => {
    const reader = new TokenReader(openaiChat, 100)
    for (const [at, token] of [
      [110, ''],
      [150, 'a'],
      [155, 'b'],
    ] as const) {
      reader.push(Buffer.from(chunk(token)), at)
    }
    expect(reader.timing()).toMatchObject({ ttft: 50, ttct: undefined, gaps: [5] })
  })

  test('a close that is an end is stamped; one that cuts off is not', () => {
    const closed = new TokenReader(sse, 100)
    const cut = new TokenReader(byPaths('sse', { done: '[DONE]' }), 100)
    for (const reader of [closed, cut]) {
      reader.push(Buffer.from(a), 130)
      reader.end(160)
    }
    expect([closed.timing().ttct, cut.timing().ttct]).toEqual([60, undefined])
  })
})

describe('the end', () => {
  test.each<readonly [string, Wire, string, boolean, boolean]>([
    ['marker seen', openaiChat, `${chunk('a')}data: [DONE]\n\n`, true, false],
    ['marker without its line end', openaiChat, `${chunk('a')}data: [DONE]`, true, false],
    ['marker missing', openaiChat, chunk('a'), false, false],
    ['marker cut off', openaiChat, `${chunk('a')}data: [DON`, false, false],
    ['marker after nothing', openaiChat, 'data: [DONE]\n\n', true, false],
    ['close after a token', sse, 'data: a\n\n', true, true],
    ['close after nothing', sse, '', false, true],
    ['close after another format', sse, '{"error":"no such model"}', false, true],
    ['close of text', text, 'a', true, true],
    ['close of no text', text, '', false, true],
    ['recognised, marker missing', recognise(), chunk('a'), false, false],
  ])('%s', (_what, wire, stream, done, byClose) => {
    const { reader } = readAll(wire, [stream])
    expect(reader.done).toBe(done)
    expect(reader.endsByClose).toBe(byClose)
  })

  test.each([
    ['another token', chunk('late')],
    ['an error', 'event: error\ndata: late\n\n'],
    ['a second end', 'data: [DONE]\n\n'],
    ['rubbish', '\0\xFF\n\n'],
  ])('after which %s changes nothing, in the same read or a later one', (_what, late) => {
    const stream = `${chunk('a')}data: [DONE]\n\n`
    for (const chunks of [[stream, late], [stream + late], [stream, late, late]]) {
      const { tokens, reader } = readAll(openaiChat, chunks)
      expect(tokens).toEqual(['a'])
      expect(reader).toMatchObject({ done: true, error: undefined, tokens: 1 })
      expect(reader.timing()).toMatchObject({ ttft: 1, ttct: 1, gaps: [], chunks: [1] })
    }
  })
})

describe('an error event inside the stream', () => {
  const failing = 'event: error\ndata: overloaded\n\n'

  test('is kept; the tokens before it stay', () => {
    const { tokens, reader } = readAll(openaiChat, [chunk('a'), failing])
    expect(tokens).toEqual(['a'])
    expect(reader).toMatchObject({ done: false, error: 'overloaded' })
  })

  test('is the first of several', () => {
    const { reader } = readAll(openaiChat, [failing, 'event: error\ndata: and more\n\n'])
    expect(reader.error).toBe('overloaded')
  })

  test.each(['data: [DONE]\n\n', `${chunk('late')}data: [DONE]\n\n`])(
    'ends it: %j after it, in the same read or a later one, changes nothing',
    (late) => {
      for (const chunks of [[chunk('a'), failing, late], [chunk('a') + failing + late]]) {
        const { tokens, reader } = readAll(openaiChat, chunks)
        expect(tokens).toEqual(['a'])
        expect(reader).toMatchObject({ done: false, error: 'overloaded', tokens: 1 })
        expect(reader.timing().ttct).toBeUndefined()
      }
    },
  )

  test('makes no close a good end', () => {
    const { reader } = readAll(sse, ['data: a\n\n', failing])
    expect(reader).toMatchObject({ done: false, error: 'overloaded' })
  })
})

test('left twice, a reader leaves its parser to the stream that has it by then', () => {
  const early = new TokenReader(sse, 0)
  early.leave()
  const heard: string[] = []
  const later = new TokenReader(sse, 0, { token: (token) => heard.push(token) })
  early.leave()
  early.push(Buffer.from('data: nobody reads this\n\n'), 1)
  later.push(Buffer.from('data: b\n\n'), 1)
  expect(heard).toEqual(['b'])
  expect([early.tokens, later.tokens]).toEqual([0, 1])
})
