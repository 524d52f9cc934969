import { expect, test } from 'vitest'
import { route, templateOf } from '../../src/clients/route.ts'

test.each([
  ['/health', '/health', 'no id'],
  ['/api/v1/users', '/api/v1/users', 'a version is none'],
  ['/users/42', '/users/{}', 'a number'],
  ['/users/42/orders?page=2', '/users/{}/orders', 'the query goes'],
  ['/users/42#top', '/users/{}', 'and the fragment'],
  ['/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301/x', '/u/{}/x', 'a UUID'],
  ['/commits/deadbeef12', '/commits/{}', 'hex of eight digits and more'],
  ['/feedback/defaced', '/feedback/defaced', 'words of hex letters without a digit'],
  ['/s/sess_9f8a7b6c', '/s/{}', 'a prefixed id'],
  ['/s/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/s/{}', 'a ULID'],
  ['/s/V1StGXR8_Z5jdHi6B-myT', '/s/{}', 'a nanoid'],
  ['/files/report-2024.pdf', '/files/report-2024.pdf', 'a file name'],
  ['/oauth2/token', '/oauth2/token', 'a word with a digit'],
  ['/', '/', 'the root'],
  ['/1/2/3', '/{}/{}/{}', 'all ids'],
])('%s is recorded as %s: %s', (path, template) => {
  expect(templateOf(path)).toBe(template)
})

test.each([
  [route`/strategies/${42}/start`, '/strategies/42/start', '/strategies/{}/start'],
  [route`/users/${'a/b ü'}`, '/users/a%2Fb%20%C3%BC', '/users/{}'],
  [route`/a/${1}/b/${2}?c=${3}`, '/a/1/b/2?c=3', '/a/{}/b/{}'],
  [route`/plain`, '/plain', '/plain'],
  [route`${'x'}`, 'x', '{}'],
])('%o', ({ path, template }, expectedPath, expectedTemplate) => {
  expect([path, template]).toEqual([expectedPath, expectedTemplate])
})
