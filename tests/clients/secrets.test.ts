import { describe, expect, test } from 'vitest'
import { Secrets } from '../../src/clients/secrets.ts'

describe('a body', () => {
  test.each([
    ['JSON', '{"user":"joe","password":"canary-1"}'],
    ['lists and objects under a telling name', '{"tokens":["canary-1",{"of":"canary-2"}]}'],
    ['JSON in a text of JSON', JSON.stringify({ raw: JSON.stringify({ secret: ['canary-1'] }) })],
    ['events', 'event: message\ndata: {"api_key":"canary-1","text":"hi"}\n\n'],
    ['a form', 'user=joe&password=canary-1'],
    ['a text with a list', 'got {"tokens": ["canary-1"] and more'],
    [
      'JSON on many lines',
      JSON.stringify({ tokens: ['canary-1'], a: { secret: 'canary-2' } }, null, 2),
    ],
    ['the start of such JSON', '{\n  "tokens": [\n    "canary-1",\n    "canary-2"'],
    ['XML', '<user><name>joe</name><password>canary-1</password></user>'],
    ['lines of names and values', 'user: joe\npassword: canary-1\n'],
    ['a bearer token', 'sent Bearer canary-1 away'],
  ])('%s', (_what, text) => {
    expect(new Secrets().body(text)).not.toContain('canary')
    expect(new Secrets().body(text)).toContain('[redacted]')
  })

  test('a form of several parts is not shown', () => {
    const form = '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\ncanary-1\r\n--x--'
    expect(new Secrets().body(form)).toBe('(a form of several parts)')
  })

  test('a hostile body takes no time', () => {
    const started = performance.now()
    for (const piece of ['"', '"password', 'password:', '<token>', '{"token":[', 'a=b&', '-']) {
      new Secrets().body(piece.repeat(2_000))
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('a secret that the end has cut in two is not shown', () => {
    const secrets = new Secrets()
    secrets.header('authorization', 'Bearer canary-1-and-more')
    expect(secrets.body('{"said": "ok", "echo": "canary-1-and', true)).not.toContain('canary')
  })

  test('what is no secret is shown as it is', () => {
    const text = '{"total_tokens":12,"session_id":"s1","has_password":true,"text":"hello"}'
    expect(new Secrets().body(text)).toBe(text)
  })
})

test('a secret is known again wherever it comes', () => {
  const secrets = new Secrets()
  expect(secrets.body('{"access_token":"canary-1"}')).toBe('{"access_token":"[redacted]"}')
  expect(secrets.url('ws://host/canary-1/ws?key=canary-1')).toBe(
    'ws://host/[redacted]/ws?key=[redacted]',
  )
  expect(secrets.header('set-cookie', 'sid=canary-2; Path=/')).toBe('[redacted]')
  expect(secrets.url('http://joe:canary-3@host/?token=canary%204')).toBe(
    'http://[redacted]@host/?token=[redacted]',
  )
  expect(secrets.body('canary-1 canary-2 canary-3 "canary 4"')).not.toContain('canary')
})

test.each([
  ['authorization', 'Bearer canary'],
  ['Cookie', 'a=canary'],
  ['x-api-key', 'canary'],
  ['x-auth-token', 'canary'],
])('the header %s is not shown', (name, value) => {
  expect(new Secrets().header(name, value)).toBe('[redacted]')
})

test('another header is shown, but for secrets in it', () => {
  expect(new Secrets().header('location', '/next?token=canary&page=2')).toBe(
    '/next?token=[redacted]&page=2',
  )
})
