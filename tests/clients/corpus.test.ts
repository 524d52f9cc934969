import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { TokenReader } from '../../src/clients/token-reader.ts'
import { recognise } from '../../src/clients/wires/recognise.ts'
import { toWire, type WireInput } from '../../src/clients/wires/wire-input.ts'
import type { ParsedWire } from '../../src/clients/wires/parse-wire.ts'
import type { Wire } from '../../src/clients/wires/wire.ts'
import { cutAt } from './chunks.ts'
import { CORPUS, type Recorded } from './corpus.ts'

interface Read {
  readonly text: readonly string[]
  readonly reasoning: string
  readonly tool: string
  readonly usage: object | undefined
  readonly ended: object
  readonly count: number | undefined
}

/** All that a reader makes of chunks that come one ms after another. */
function read(wire: Wire, chunks: readonly Buffer[], most?: number): Read {
  const text: string[] = []
  const aside = { reasoning: '', tool: '' }
  const sink = {
    token: (token: string) => text.push(token),
    aside: (kind: 'reasoning' | 'tool', token: string) => {
      aside[kind] += token
    },
  }
  const reader = new TokenReader(wire, 0, sink, most)
  for (const [at, bytes] of chunks.entries()) reader.push(bytes, at + 1)
  reader.end(chunks.length + 1)
  const { done, error, malformed, usage } = reader
  const count = reader.timing().tokens?.count
  return { text, ...aside, usage, ended: { done, error, malformed }, count }
}

const DONE = { done: true, error: undefined, malformed: undefined }

const expected = ({ text, reasoning = '', tool = '', usage }: Recorded): object => ({
  text,
  reasoning,
  tool,
  usage,
  ended: DONE,
})

const VARIANTS: Readonly<Record<string, (body: string) => string>> = {
  'as it is': (body) => body,
  'with \\r\\n': (body) => body.replaceAll('\n', '\r\n'),
  'behind a byte order mark': (body) => `\uFEFF${body}`,
  'without a space behind the colon': (body) => body.replaceAll(/^(data|event): /gm, '$1:'),
  'with comments between': (body) => body.replaceAll(/^data: /gm, ': hi\ndata: '),
  'without its last line ends': (body) => body.replace(/\n+$/, ''),
}

/** Comments belong to server-sent events. */
const isMeant = (variant: string, { wire }: Recorded): boolean =>
  !(variant.includes('comments') && (wire === 'ollama' || wire === 'ndjson'))

describe.each(Object.entries(CORPUS))('%s', (_name, stream) => {
  const readers: Readonly<Record<string, () => Wire>> = {
    'by its name': () => toWire(stream.wire, 'wire'),
    'as recognised': () => recognise(stream.headers),
  }

  describe.each(Object.entries(VARIANTS).filter(([name]) => isMeant(name, stream)))(
    '%s',
    (variant, vary) => {
      const bytes = Buffer.from(vary(stream.body))

      test.each(Object.entries(readers).slice(variant === 'as it is' ? 0 : 1))(
        '%s, cut in two at every byte',
        (_how, wire) => {
          for (let place = 0; place <= bytes.length; place++) {
            const { count: _count, ...found } = read(wire(), cutAt(bytes, [place]))
            expect({ place, ...found }).toEqual({ place, ...expected(stream) })
          }
        },
      )
    },
  )

  test('a byte at a time', () => {
    const bytes = Buffer.from(stream.body)
    const found = read(toWire(stream.wire, 'wire'), cutAt(bytes, [...bytes.keys()]))
    expect(found).toMatchObject(expected(stream))
  })

  property.prop([fc.array(fc.nat(3_000), { maxLength: 40 })])('cut anywhere, often', (cuts) => {
    const chunks = cutAt(Buffer.from(stream.body), cuts)
    expect(read(toWire(stream.wire, 'wire'), chunks)).toMatchObject(expected(stream))
  })

  test('its tokens are counted by the service, or else by the events with one', () => {
    const whole = read(toWire(stream.wire, 'wire'), [Buffer.from(stream.body)])
    if (stream.usage !== undefined) expect(whole.count).toBe(stream.usage.output)
    else expect(whole.count).toBeGreaterThanOrEqual(stream.text.length)
  })
})

describe.each<readonly [string, WireInput | ParsedWire, string, object]>([
  [
    'paths in events',
    { framing: 'sse', token: 'd.t', reasoning: 'd.r', tool: 'd.c', usage: 'n', done: 'e=1' },
    'data: {"d":{"r":"hm"}}\n\ndata: {"d":{"t":"ö","c":"{}"}}\n\ndata: {"e":1,"n":7}\n\n',
    { text: ['ö'], reasoning: 'hm', tool: '{}', count: 7 },
  ],
  [
    'paths in lines',
    { framing: 'ndjson', token: 't', done: 'done=true', usage: 'n' },
    '{"t":"a"}\n{"t":"ö"}\n{"done":true,"n":2}',
    { text: ['a', 'ö'], count: 2 },
  ],
  [
    'tokens that repeat what came before',
    { framing: 'ndjson', token: 't', cumulative: true },
    '{"t":"a"}\n{"t":"aö"}\n{"t":"aö"}\n{"t":"aöb"}\n',
    { text: ['a', 'ö', 'b'], count: 3 },
  ],
  [
    'events without blank lines',
    { framing: 'sse', lenient: true, token: 't', done: '[DONE]' },
    ': hi\ndata: {"t":"a"}\ndata:{"t":"ö"}\r\n\nevent: x\nid: 4\ndata: {"t":"b"}\ndata: [DONE]',
    { text: ['a', 'ö', 'b'], count: 3 },
  ],
  [
    'a parser with a state',
    {
      framing: 'ndjson',
      parse: (frame, state: { words?: number }) => {
        const word = frame.json()
        if (typeof word !== 'string') return { done: true, tokens: 1 }
        state.words = (state.words ?? 0) + 1
        return { text: `${state.words}${word}`, tokens: 2 }
      },
    },
    '"a"\n"ö"\nnull\n',
    { text: ['1a', '2ö'], count: 5 },
  ],
])('%s', (_what, input, body, found) => {
  test('cut in two at every byte', () => {
    const bytes = Buffer.from(body)
    for (let place = 0; place <= bytes.length; place++) {
      const whole = read(toWire(input, 'wire'), cutAt(bytes, [place]))
      expect({ place, ...whole }).toMatchObject({ place, ...found, ended: DONE })
    }
  })
})

describe('an event that is too long is no event', () => {
  test.each<readonly [string, WireInput, string]>([
    ['in one line', 'sse', `data: ${'a'.repeat(2_000)}\n\n`],
    ['in many', 'sse', `${'data: aaaaaaaa\n'.repeat(300)}\n`],
    ['between single line ends', { framing: 'sse', lenient: true }, `data: ${'a'.repeat(2_000)}\n`],
    ['of JSON', 'ndjson', `"${'a'.repeat(2_000)}"\n`],
  ])('%s', (_what, input, event) => {
    const bytes = Buffer.from(`${event}data: late\n\n`)
    const chunks = cutAt(
      bytes,
      Array.from({ length: bytes.length / 100 }, (_, at) => at * 100),
    )
    const { text, ended } = read(toWire(input, 'wire'), chunks, 1_000)
    expect(text).toEqual([])
    expect(ended).toEqual({
      done: false,
      error: undefined,
      malformed: 'one event of it is longer than 1 kB',
    })
  })

  test('of many short ones, none is', () => {
    const bytes = Buffer.from('data: aaaaaaaaa\n\n'.repeat(1_000))
    const chunks = cutAt(
      bytes,
      Array.from({ length: 170 }, (_, at) => at * 100),
    )
    expect(read(toWire('sse', 'wire'), chunks, 50).text).toHaveLength(1_000)
  })
})
