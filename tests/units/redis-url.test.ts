import { expect, test } from 'vitest'
import { readRedisUrl } from '../../src/units/redis-url.ts'

test.each([
  ['redis://127.0.0.1:6379', 'redis://127.0.0.1:6379'],
  ['redis://cache', 'redis://cache'],
  ['redis://me:secret@cache:6380/2', 'redis://cache:6380/2'],
  ['redis://:secret@cache:6380/', 'redis://cache:6380'],
  ['rediss://me:se%40cret@cache.internal?token=secret', 'rediss://cache.internal'],
  ['redis://[::1]:6379', 'redis://[::1]:6379'],
])('%s is shown as %s', (url, shown) => expect(readRedisUrl(url)).toEqual({ url, shown }))

test.each([
  'http://me:secret@cache',
  'redis:',
  'me:secret@cache:6379',
  'redis://me:secret@',
  'secret',
])('what is no address of a Redis is refused, and no secret of it shown: %s', (url) => {
  expect(() => readRedisUrl(url)).toThrow('the address of a Redis')
  expect(() => readRedisUrl(url)).not.toThrow('secret')
})
