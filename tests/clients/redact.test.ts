import { expect, test } from 'vitest'
import { bodyStart, redact } from '../../src/clients/redact.ts'

test.each([
  ['{"password":"a\\"b","x":1}', '{"password":"[redacted]","x":1}'],
  [
    '{"userPassword": "x", "passcode": 1234}',
    '{"userPassword": "[redacted]", "passcode": "[redacted]"}',
  ],
  ['{"access_token": "cut off he', '{"access_token": "[redacted]"'],
  [
    '{"apiKey":"k","api-key":"l","API_KEY":"m"}',
    '{"apiKey":"[redacted]","api-key":"[redacted]","API_KEY":"[redacted]"}',
  ],
  ['{"total_tokens":12,"token":null}', '{"total_tokens":12,"token":null}'],
  ['{"session_id":"s1","session_key":"k"}', '{"session_id":"s1","session_key":"[redacted]"}'],
  ['username=joe&password=hunter2&x=1', 'username=joe&password=[redacted]&x=1'],
  ['GET /login?token=abc&page=2', 'GET /login?token=[redacted]&page=2'],
  ['http://joe:hunter2@host/path', 'http://[redacted]@host/path'],
  ['http://host/a@b', 'http://host/a@b'],
  ['Authorization: Bearer abc.def-1', 'Authorization: Bearer [redacted]'],
  ['authorization: Basic dXNlcjpwdw==', 'authorization: Basic [redacted]'],
  ['Basic YTpi', 'Basic [redacted]'],
  ['a basic workflow, in basic steps', 'a basic workflow, in basic steps'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end', 'token [redacted] end'],
  ['nothing secret here', 'nothing secret here'],
])('%s → %s', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})

test('JSON inside of JSON keeps its secrets too', () => {
  expect(redact(JSON.stringify(JSON.stringify({ password: 'hunter2' })))).not.toContain('hunter2')
})

test.each([
  ['', undefined],
  ['  \n ', undefined],
  ['<h1>\n\n  Bad\tgateway</h1>\u0000', '<h1> Bad gateway</h1>'],
  ['x'.repeat(201), `${'x'.repeat(199)}…`],
  ['x'.repeat(200), 'x'.repeat(200)],
])('the start of %j is %j', (body, start) => {
  expect(bodyStart(body)).toBe(start)
  expect(bodyStart(Buffer.from(body))).toBe(start)
})

test('a secret that is cut off at the end of the start is not shown', () => {
  const body = `${' '.repeat(990)}{"token":"abcdefghijklmnop"}`
  expect(bodyStart(Buffer.from(body))).toBe('{"token":"[redacted]"')
})

test('a hostile body takes no time', () => {
  const started = performance.now()
  bodyStart('"'.repeat(1_000))
  bodyStart(`"${'password'.repeat(125)}`)
  expect(performance.now() - started).toBeLessThan(500)
})
