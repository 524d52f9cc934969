import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { ByteDecoder } from '../../src/clients/byte-decoder.ts'
import { cutAt } from './chunks.ts'

const BOM = [0xef, 0xbb, 0xbf]
const bytesOf = (text: string): number[] => [...Buffer.from(text)]

/** Text, marks, emoji and the beginnings of characters that never end, one after another. */
const bytes = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }).map(bytesOf),
      fc.constantFrom('hello', 'zwölf', '日本', '🐼', '👩‍👩‍👧', '\r\n').map(bytesOf),
      fc.constant(BOM),
      fc.constantFrom([0xf0, 0x9f], [0xe2], [0xc3], [0x80], [0xed, 0xa0, 0x80], [0xff]),
      fc.array(fc.nat(255), { maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.from(parts.flat()))
const cuts = fc.array(fc.nat(60), { maxLength: 20 })

function decoded(chunks: readonly Buffer[]): string {
  const decoder = new ByteDecoder()
  return chunks.map((chunk) => decoder.decode(chunk)).join('') + decoder.end()
}

property.prop([bytes, cuts], { numRuns: 2_000 })(
  'text cut at any bytes reads as it does in one piece',
  (whole, at) => {
    expect(decoded(cutAt(whole, at))).toBe(new TextDecoder().decode(whole))
  },
)

property.prop([bytes], { numRuns: 500 })('so it does byte by byte', (whole) => {
  const single = [...whole].map((byte) => Buffer.from([byte]))
  expect(decoded(single)).toBe(new TextDecoder().decode(whole))
})

test.each<readonly [string, readonly (readonly number[])[], readonly string[]]>([
  ['a character waits for its rest', [[0x61, 0xc3], [0xb6]], ['a', 'ö']],
  [
    'an emoji in four reads comes with the last',
    [[0xf0], [0x9f], [0x90], [0xbc]],
    ['', '', '', '🐼'],
  ],
  ['a mark at the start is no text', [[...BOM, 0x61]], ['a']],
  [
    'nor is one in two reads',
    [
      [0xef, 0xbb],
      [0xbf, 0x61],
    ],
    ['', 'a'],
  ],
  ['a second mark is text', [[...BOM, ...BOM, 0x61]], ['\uFEFFa']],
  ['a mark later on is text', [[0x61], [...BOM, 0x62]], ['a', '\uFEFFb']],
  ['an empty read changes nothing', [[0xc3], [], [0xb6]], ['', '', 'ö']],
  ['what breaks off inside is replaced', [[0xe2, 0x82], [0x61]], ['', '\uFFFDa']],
])('%s', (_what, reads, texts) => {
  const decoder = new ByteDecoder()
  expect(reads.map((read) => decoder.decode(Buffer.from(read)))).toEqual(texts)
  expect(decoder.end()).toBe('')
})

test('half a character at the end is replaced, once', () => {
  const decoder = new ByteDecoder()
  expect(decoder.decode(Buffer.from([0x61, 0xf0, 0x9f]))).toBe('a')
  expect(decoder.end()).toBe('\uFFFD')
})
