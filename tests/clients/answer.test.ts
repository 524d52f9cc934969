import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sendJson, serve } from '../support/servers.ts'
import { createUser, failureOf, plain } from './user.ts'

test('json of something else: the error shows the start of it, and it counts as malformed', async () => {
  await using server = await serve((_request, response) =>
    response.end('<html>\n  <h1>Bad gateway</h1>\n</html>'),
  )
  await using user = createUser(server.url)
  const answer = await user.http.get('/page')
  const error = await failureOf(Promise.resolve().then(() => answer.json()))
  expect(plain(error.message)).toMatchInlineSnapshot(`
    "GET http://service/page answered something that is not JSON
    <html> <h1>Bad gateway</h1> </html>"
  `)
  expect(error.cause).toBeInstanceOf(SyntaxError)
  expect(answer.text()).toContain('Bad gateway')
  expect(user.outcomes()).toEqual({ 'GET /page': { malformed: 1 } })
  expect(user.summary().errors).toMatchObject([{ kind: 'malformed', count: 1 }])
})

test('fail: the test calls an answer wrong, once, however often it says so', async () => {
  await using server = await serve((_request, response) => sendJson(response, { items: [] }))
  await using user = createUser(server.url)
  await user.http.get('/items')
  const answer = await user.http.get('/items')
  const fail = () => failureOf(Promise.resolve().then(() => answer.fail('no items')))
  const error = await fail()
  await fail()
  expect(error).toMatchObject({ kind: 'assertion', status: 200 })
  expect(plain(error.message)).toMatchInlineSnapshot(`
    "GET http://service/items answered 200, called wrong: no items
    {"items":[]}"
  `)
  expect(user.summary()).toMatchObject({ count: 2, ok: 1, failed: 1, latency: { count: 1 } })
  expect(user.summary().errors).toMatchObject([{ kind: 'assertion', count: 1 }])
  expect(user.caller.tally.failed).toBe(1)
})

test('fail after the window of the answer has turned', async () => {
  await using server = await serve((_request, response) => sendJson(response, {}))
  await using user = createUser(server.url)
  const early = await user.http.get('/')
  await sleep(1_050)
  await user.http.get('/')
  await failureOf(Promise.resolve().then(() => early.fail('too late')))
  const { timeline, ok, failed } = user.summary()
  expect([ok, failed]).toEqual([1, 1])
  expect(timeline.map((window) => [window.ok, window.failed])).toEqual([
    [0, 1],
    [1, 0],
  ])
})

test('succeed: the last word of the test counts', async () => {
  await using server = await serve((_request, response) => sendJson(response, {}, 404))
  await using user = createUser(server.url)
  const answer = await user.http.get('/items', { expect: 'any' })
  const fail = () => failureOf(Promise.resolve().then(() => answer.fail('not there')))

  answer.succeed()
  expect(user.summary()).toMatchObject({ ok: 1, failed: 0 })
  await fail()
  expect(user.summary()).toMatchObject({ ok: 0, failed: 1, errors: [{ count: 1 }] })
  answer.succeed()
  answer.succeed()
  expect(user.summary()).toMatchObject({ ok: 1, failed: 0, errors: [], latency: { count: 1 } })
  expect(user.caller.tally.failed).toBe(0)
  await fail()
  expect(user.summary()).toMatchObject({ ok: 0, failed: 1, errors: [{ count: 1 }] })
})

test('succeed takes back what json() had said of the answer', async () => {
  await using server = await serve((_request, response) => response.end('plain'))
  await using user = createUser(server.url)
  const answer = await user.http.get('/')
  await failureOf(Promise.resolve().then(() => answer.json()))
  answer.succeed()
  expect(user.outcomes()).toEqual({ 'GET /': { ok: 1 } })
})

test('with expect: any, the status of a wrong answer is in its error', async () => {
  await using server = await serve((_request, response) => sendJson(response, { why: 'x' }, 409))
  await using user = createUser(server.url)
  const answer = await user.http.get('/', { expect: 'any' })
  expect([answer.ok, answer.status]).toEqual([false, 409])
  const error = await failureOf(Promise.resolve().then(() => answer.fail('a conflict')))
  expect(plain(error.message)).toMatchInlineSnapshot(`
    "GET http://service/ answered 409, called wrong: a conflict
    {"why":"x"}"
  `)
})

test('a body of many reads is one, characters cut in two included', async () => {
  await using server = await serve(async (_request, response) => {
    for (const byte of Buffer.from('äöü€')) {
      response.write(Buffer.of(byte))
      await sleep(2)
    }
    response.end()
  })
  await using user = createUser(server.url)
  const answer = await user.http.get('/')
  expect([answer.text(), answer.bytes().length]).toEqual(['äöü€', 9])
})

test('an answer without a body', async () => {
  await using server = await serve((_request, response) => response.writeHead(204).end())
  await using user = createUser(server.url)
  const answer = await user.http.delete('/')
  expect([answer.text(), answer.bytes().length]).toEqual(['', 0])
})
