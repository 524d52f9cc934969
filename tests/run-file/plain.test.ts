import { expect, test } from 'vitest'
import { plain } from '../../src/run-file/plain.ts'

test.each<[string, unknown, unknown]>([
  ['no field without a value', { a: undefined, b: 1 }, { b: 1 }],
  ['no number that JSON has no word for', { a: NaN, b: Infinity, c: 0 }, { c: 0 }],
  ['no secret', { name: 'GET /?token=abc' }, { name: 'GET /?token=[redacted]' }],
  ['no text of a megabyte', ['x'.repeat(1e6)], [`${'x'.repeat(2_000)}…`]],
  ['no half of a character', [`${'x'.repeat(1_999)}😀`], [`${'x'.repeat(1_999)}\uFFFD…`]],
  ['what it is else', { a: ['</script>', '\u001B[31m'] }, { a: ['</script>', '\u001B[31m'] }],
])('%s', (_, value, expected) => expect(plain(value)).toEqual(expected))
