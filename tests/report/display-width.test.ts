import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cleanText } from '../../src/report/clean-text.ts'
import {
  displayWidth,
  fit,
  fitEnd,
  fitMiddle,
  padEnd,
  padStart,
} from '../../src/report/display-width.ts'

test.each([
  ['', 0, 'nothing'],
  ['GET /orders', 11, 'ASCII'],
  ['Größe', 5, 'letters with marks of their own'],
  ['e\u0301', 1, 'a letter and a combining accent'],
  ['注文', 4, 'Chinese'],
  ['ｶﾅ', 2, 'half-width kana'],
  ['ＡＢ', 4, 'full-width letters'],
  ['한글', 4, 'Korean'],
  ['🚀', 2, 'an emoji'],
  ['𠮷', 2, 'a character beyond the first plane'],
  ['✓ › · … –', 9, 'the signs that the report uses'],
  ['עברית', 5, 'Hebrew'],
])('%j takes %d columns: %s', (text, width) => expect(displayWidth(text)).toBe(width))

test.each([
  ['short', 10, 'short', 'short'],
  ['exact', 5, 'exact', 'exact'],
  ['a longer text', 8, 'a longe…', '…er text'],
  ['注文注文', 8, '注文注文', '注文注文'],
  ['注文注文', 6, '注文…', '…注文'],
  ['a word', 3, 'a…', '…rd'],
  ['text', 1, '…', '…'],
  ['text', 0, '', ''],
])('%j in %d columns', (text, columns, start, end) => {
  expect(fit(text, columns)).toBe(start)
  expect(fitEnd(text, columns)).toBe(end)
})

test.each([
  ['GET /orders', 11, 'GET /orders'],
  ['POST /api/v1/auth/change-password', 26, 'POST /ap…h/change-password'],
  ['POST /api/v1/auth/forgot-password', 26, 'POST /ap…h/forgot-password'],
  ['注文注文', 6, '…注文'],
  ['注文注文注文', 8, '注…注文'],
  ['word', 3, '…rd'],
  ['word', 2, 'w…'],
])('%j in %d columns keeps both ends', (text, columns, middle) => {
  expect(fitMiddle(text, columns)).toBe(middle)
})

test('padding fills up to the width that is seen', () => {
  expect(padEnd('注文', 6)).toBe('注文  ')
  expect(padStart('注文', 6)).toBe('  注文')
  expect(padEnd('too long', 3)).toBe('too long')
})

describe('a text of someone else is made harmless', () => {
  test.each([
    ['colours', '\u001B[31mred\u001B[0m', 'red'],
    ['a cleared screen', '\u001B[2J\u001B[Hhello', 'hello'],
    ['a window title', '\u001B]0;owned\u0007text', 'text'],
    ['a link', '\u001B]8;;http://evil\u0007text\u001B]8;;\u0007', 'text'],
    ['a lone escape', 'a\u001Bb', 'a b'],
    ['line ends and tabs', 'a\r\n\tb\u2028c', 'a b c'],
    ['a bell and a backspace', 'a\u0007b\u0008c', 'a b c'],
    ['C1 controls', 'a\u009B31mb', 'ab'],
    ['marks that turn the direction', 'a\u202Eevil\u202C\u2066x\u2069\u200Fb', 'aevilxb'],
    ['what is invisible', 'a\u200B\uFEFF\u00ADb', 'ab'],
    ['a family of emoji, taken apart', '👨\u200D👩', '👨👩'],
    ['a heap of accents', `z${'\u0335'.repeat(50)}`, 'z\u0335\u0335'],
    ['half a character', 'a\uD83Db', 'a\uFFFDb'],
  ])('%s', (_, hostile, harmless) => expect(cleanText(hostile)).toBe(harmless))
})

const unicode = fc.string({ unit: 'binary', maxLength: 200 })

property.prop([unicode, fc.nat(90)])('what is cut fits, whatever it is', (text, columns) => {
  const clean = cleanText(text)
  expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(displayWidth(fit(clean, columns))).toBeLessThanOrEqual(columns)
  expect(displayWidth(fitEnd(clean, columns))).toBeLessThanOrEqual(columns)
})
