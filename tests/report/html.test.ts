import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fillTemplate } from '../../src/report/html.ts'

const unpacked = (text: string): unknown =>
  JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString())

test('data are packed into their place, and nothing in them is markup', () => {
  const page = { name: '</script><!--data-->$&' }
  const html = fillTemplate('<script id="data"><!--data--></script>', page)
  const [, packed = ''] = /^<script id="data">([\w+/=]+)<\/script>$/.exec(html) ?? []
  expect(unpacked(packed)).toEqual(page)
})

test('a file that is no page is refused', () => {
  expect(() => fillTemplate('<html></html>', {})).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: this is no page of vitest-perf: it has no room for data]`,
  )
})
