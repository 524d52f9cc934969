import { describe, expect, test } from 'vitest'
import { HiddenValues, KNOWN_SECRETS } from '../../src/clients/hidden.ts'
import {
  learnFromBody,
  learnFromCall,
  learnFromEnvironment,
  learnFromMessage,
  learnFromUrl,
} from '../../src/clients/learn-secrets.ts'
import { isSecretName, redact } from '../../src/clients/redact.ts'

const TEXT = 'a key-4711 b'

describe('what stands under a telling name is known wherever it comes again', () => {
  test.each<[string, (known: HiddenValues) => void]>([
    ['JSON', (known) => learnFromBody('{"a":[{"password":"key-4711"}]}', known)],
    ['a form', (known) => learnFromBody('user=joe&password=key-4711', known)],
    ['a query', (known) => learnFromUrl('http://x/y?z=1&api_key=key-4711#top', known)],
    ['an encoded query', (known) => learnFromUrl('http://x/y?token=key%2D4711', known)],
    ['user info', (known) => learnFromUrl('ws://joe:key-4711@x/y', known)],
    ['a message of a socket', (known) => learnFromMessage('{"token":"key-4711"}', known)],
    ['the environment', (known) => learnFromEnvironment({ SHOP_API_KEY: 'key-4711' }, known)],
    ['a header', (known) => learn({ headers: { Authorization: 'Bearer key-4711' } }, known)],
    ['a cookie', (known) => learn({ headers: ['cookie', 'sid=key-4711; x=1'] }, known)],
    ['a body', (known) => learn({ body: '{"secret":"key-4711"}' }, known)],
  ])('%s', (_, act) => {
    const known = new HiddenValues()
    act(known)
    expect(known.hide(TEXT)).toBe('a [redacted] b')
  })

  const learn = (options: object, known: HiddenValues): void =>
    learnFromCall('http://x', { path: '/', method: 'POST', ...options }, known)
})

test.each([
  ['a single word', 'password'],
  ['a capital one', 'Secret'],
  ['a number', '123456789'],
  ['a path', '/usr/bin/ssh-askpass'],
  ['a short one', 'a1b2c'],
])('%s is no secret: it would be found in other words', (_, value) => {
  const known = new HiddenValues()
  known.learn(value)
  expect(known.hide(`x ${value} y`)).toBe(`x ${value} y`)
})

test('one that is the start of another does not show its end', () => {
  const known = new HiddenValues()
  known.learn('key-47')
  known.learn('key-4711')
  expect(known.hide('key-4711 key-47')).toBe('[redacted] [redacted]')
})

test('redacting twice is redacting once', () => {
  const once = redact('(bad access_token=abc) {"password":"x"} http://a:b@c Bearer abc')
  expect(once).toBe(
    '(bad access_token=[redacted] {"password":"[redacted]"} http://[redacted]@c Bearer [redacted]',
  )
  expect(redact(once)).toBe(once)
})

test('500 values are kept, of the first 2,000 calls', () => {
  const known = new HiddenValues()
  for (let call = 0; call < 2_000; call++) {
    expect(known.curious).toBe(true)
    known.looked()
  }
  expect(known.curious).toBe(false)
  for (let value = 0; value < 501; value++) known.learn(`<${value}>-value`)
  expect([known.hide('<499>-value'), known.hide('<500>-value')]).toEqual([
    '[redacted]',
    '<500>-value',
  ])
})

test('a field that the config names is secret like the others', () => {
  const text = '{"iban":"DE02","my_iban":7} ?iban=DE02&x=1 iban: DE02, a.b=1'
  expect(redact(text)).toBe(text)
  KNOWN_SECRETS.name('iban')
  KNOWN_SECRETS.name('a.b')
  expect(isSecretName('myIBAN')).toBe(true)
  expect(isSecretName('axb')).toBe(false)
  expect(redact(text)).toBe(
    '{"iban":"[redacted]","my_iban":"[redacted]"} ?iban=[redacted]&x=1 iban: [redacted], a.b=[redacted]',
  )
})
