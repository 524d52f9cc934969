import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { toTimeouts } from '../../src/clients/timeouts.ts'
import { deadUrl, sendJson, serve, serveBytes, serveTcp } from '../support/servers.ts'
import { createUser, failureOf, plain } from './user.ts'

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

test('ok: an answer with its body and times', async () => {
  await using server = await serve(async (_request, response) => {
    await sleep(20)
    sendJson(response, { hello: 'world' })
  })
  await using user = createUser(server.url)
  const answer = await user.http.get('/hello')
  expect([answer.status, answer.ok, answer.json()]).toEqual([200, true, { hello: 'world' }])
  expect(answer.text()).toBe('{"hello":"world"}')
  expect(answer.bytes()).toHaveLength(17)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.ttfb).toBeGreaterThan(15)
  expect(answer.duration).toBeGreaterThanOrEqual(answer.ttfb)
  expect(user.outcomes()).toEqual({ 'GET /hello': { ok: 1 } })
})

test('status: shows request, status and the start of the body without its secrets', async () => {
  await using server = await serve((_request, response) =>
    sendJson(response, { error: 'overloaded', token: 'abc' }, 503),
  )
  await using user = createUser(server.url)
  const error = await failureOf(user.http.get('/chat?token=abc'))
  expect(error).toMatchObject({ kind: 'status', status: 503 })
  expect(plain(error.message)).toMatchInlineSnapshot(`
    "GET http://service/chat?token=[redacted] answered 503 Service Unavailable, expected a status below 400
    {"error":"overloaded","token":"[redacted]"}"
  `)
  expect(user.outcomes()).toEqual({ 'GET /chat': { status: 1 } })
  expect(user.summary().errors).toMatchObject([
    {
      kind: 'status',
      name: 'GET /chat',
      count: 1,
      first: { status: 503, body: expect.any(String) },
    },
  ])
})

describe('timeout', () => {
  test('connect: no connection stands in time (TLS with one who never speaks)', async () => {
    await using server = await serveTcp(() => {})
    await using user = createUser(server.url.replace('http:', 'https:'))
    const error = await failureOf(user.http.get('/', { timeout: { connect: 50 } }))
    expect(error.kind).toBe('timeout')
    expect(plain(error.message)).toMatchInlineSnapshot(
      `"GET https://service/ timed out: no connection within 50 ms (gave up after … ms)"`,
    )
    expect(user.outcomes()).toEqual({ 'GET /': { timeout: 1 } })
    await server.emptied()
  })

  test('firstByte: the service does not begin to answer', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const error = await failureOf(user.http.get('/', { timeout: { firstByte: 50 } }))
    expect(error.kind).toBe('timeout')
    expect(plain(error.message)).toMatchInlineSnapshot(
      `"GET http://service/ timed out: no first byte within 50 ms (gave up after … ms)"`,
    )
    expect(user.outcomes()).toEqual({ 'GET /': { timeout: 1 } })
    await server.emptied()
  })

  test('total: the service does not finish its answer', async () => {
    await using server = await serve((_request, response) => response.write('begun'))
    await using user = createUser(server.url)
    const error = await failureOf(user.http.get('/', { timeout: '80ms' }))
    expect(error).toMatchObject({ kind: 'timeout', status: 200, body: 'begun' })
    expect(plain(error.message)).toMatchInlineSnapshot(`
      "GET http://service/ timed out: no complete answer within 80 ms (gave up after … ms)
      begun"
    `)
    expect(user.outcomes()).toEqual({ 'GET /': { timeout: 1 } })
    await server.emptied()
  })

  test('a first byte in time keeps to the total, not to the first byte', async () => {
    await using server = await serve(async (_request, response) => {
      response.write('a')
      await sleep(120)
      response.end('b')
    })
    await using user = createUser(server.url)
    const answer = await user.http.get('/', { timeout: { firstByte: 80 } })
    expect(answer.text()).toBe('ab')
  })
})

test('refused: nothing listens', async () => {
  await using user = createUser(await deadUrl())
  const error = await failureOf(user.http.get('/'))
  expect(error).toMatchObject({ kind: 'refused', status: undefined })
  expect(plain(error.message)).toMatchInlineSnapshot(
    `"GET http://service/ was refused: nothing listens there (ECONNREFUSED)"`,
  )
  expect(user.outcomes()).toEqual({ 'GET /': { refused: 1 } })
})

test('reset: the connection is lost while the answer is awaited', async () => {
  await using server = await serve(async (request) => {
    await sleep(20)
    request.socket.resetAndDestroy()
  })
  await using user = createUser(server.url)
  const error = await failureOf(user.http.get('/'))
  expect(error.kind).toBe('reset')
  expect(plain(error.message)).toMatchInlineSnapshot(
    `"GET http://service/ lost its connection before an answer came (ECONNRESET)"`,
  )
  expect(user.outcomes()).toEqual({ 'GET /': { reset: 1 } })
})

test.each([
  ['a content-length', `${HEAD}content-length: 100\r\n\r\n{"half":`],
  ['chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n8\r\n{"half":\r\n`],
])('truncated: a body with %s that breaks off', async (_how, bytes) => {
  await using server = await serveBytes(bytes, (socket) => socket.destroy())
  await using user = createUser(server.url)
  const error = await failureOf(user.http.get('/'))
  expect(error).toMatchObject({ kind: 'truncated', status: 200, body: '{"half":' })
  expect(plain(error.message)).toMatch(
    /^GET http:\/\/service\/ was cut off in the middle of the answer: .+\n\{"half":$/,
  )
  expect(user.outcomes()).toEqual({ 'GET /': { truncated: 1 } })
})

test('malformed: what comes is no HTTP', async () => {
  await using server = await serveBytes('SSH-2.0-OpenSSH_9.6\r\n\r\n')
  await using user = createUser(server.url)
  const error = await failureOf(user.http.get('/'))
  expect(error.kind).toBe('malformed')
  expect(plain(error.message)).toMatchInlineSnapshot(
    `"GET http://service/ got an answer that cannot be read: Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)"`,
  )
  expect(user.outcomes()).toEqual({ 'GET /': { malformed: 1 } })
  await server.emptied()
})

test('dns: the name is unknown', async () => {
  await using user = createUser('http://nowhere.invalid:8080')
  const error = await failureOf(user.http.get('/'))
  expect(error.kind).toBe('dns')
  expect(plain(error.message)).toMatchInlineSnapshot(
    `"GET http://nowhere.invalid:8080/ found no address: getaddrinfo ENOTFOUND nowhere.invalid"`,
  )
  expect(user.outcomes()).toEqual({ 'GET /': { dns: 1 } })
})

test('tls: a service that speaks plain HTTP', async () => {
  await using server = await serve((_request, response) => response.end())
  await using user = createUser(server.url.replace('http:', 'https:'))
  const error = await failureOf(user.http.get('/'))
  expect(error.kind).toBe('tls')
  expect(user.outcomes()).toEqual({ 'GET /': { tls: 1 } })
})

describe('stale', () => {
  const ANSWER = `${HEAD}content-length: 2\r\n\r\n{}`

  test('a kept-alive connection that dies as soon as it is used again', async () => {
    await using server = await serveTcp((socket, nth) => {
      socket.once('data', () => {
        socket.write(ANSWER)
        if (nth === 1) socket.once('data', () => socket.resetAndDestroy())
      })
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    await sleep(40)
    const error = await failureOf(user.http.get('/'))
    expect(error.kind).toBe('stale')
    expect(plain(error.message)).toMatchInlineSnapshot(
      `"GET http://service/ met a kept-alive connection that the service had closed meanwhile (ECONNRESET)"`,
    )
    expect((await user.http.get('/')).status).toBe(200)
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 2, stale: 1 } })
  })

  test('not one that fails at once on a connection that was in use a moment ago', async () => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.write(ANSWER)
        socket.once('data', () => socket.resetAndDestroy())
      })
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    expect((await failureOf(user.http.get('/'))).kind).toBe('reset')
  })

  test('not a service that was restarted and now resets new connections', async () => {
    await using server = await serveTcp((socket, nth) => {
      socket.once('data', () => {
        if (nth > 1) {
          socket.resetAndDestroy()
          return
        }
        socket.write(ANSWER)
        setTimeout(() => socket.end(), 10)
      })
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    await sleep(40)
    expect((await failureOf(user.http.get('/'))).kind).toBe('reset')
  })

  test('a connection that the service closed in good order is simply replaced', async () => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => socket.end(ANSWER))
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    await sleep(40)
    await user.http.get('/')
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 2 } })
    expect(server.accepted).toBe(2)
  })
})

describe('cut off', () => {
  test('what is under way when all is cut off', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const calls = [user.http.get('/'), user.http.get('/')].map((call) => failureOf(call))
    await sleep(30)
    user.caller.inFlight.abortAll('the run ended before the answer came')
    const [error] = await Promise.all(calls)
    expect(error?.kind).toBe('cutOff')
    expect(plain(error?.message ?? '')).toMatchInlineSnapshot(
      `"GET http://service/ was cut off: the run ended before the answer came"`,
    )
    expect(user.summary()).toMatchObject({ count: 0, aborted: 2, errors: [] })
    expect(user.caller.tally.failed).toBe(0)
    await server.emptied()
  })

  test('what is called afterwards never leaves', async () => {
    await using server = await serve((_request, response) => response.end())
    await using user = createUser(server.url)
    user.caller.inFlight.abortAll('over')
    expect((await failureOf(user.http.get('/'))).kind).toBe('cutOff')
    expect(server.accepted).toBe(0)
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('what still connects, and what waits for a connection', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const calls = Array.from({ length: 9 }, () => failureOf(user.http.get('/')))
    user.caller.inFlight.abortAll('over')
    const kinds = (await Promise.all(calls)).map(({ kind }) => kind)
    expect(kinds).toEqual(Array(9).fill('cutOff'))
    await user.caller.connections.close()
    await server.emptied()
  })
})

test('of many calls at once, each is recorded once, whatever became of it', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/reset') request.socket.destroy()
    else if (request.url === '/hang') return
    else sendJson(response, {}, request.url === '/fail' ? 500 : 200)
  })
  await using user = createUser(server.url, { timeouts: toTimeouts('300ms', 'timeout') })
  const paths = Array.from(
    { length: 80 },
    (_, at) => ['/ok', '/reset', '/hang', '/fail'][at % 4] ?? '',
  )
  await Promise.allSettled(paths.map((path) => user.http.get(path)))
  const summary = user.summary()
  expect(summary.count + summary.aborted).toBe(80)
  expect(user.caller.inFlight.size).toBe(0)
  expect(user.caller.tally.failed).toBe(summary.failed)
  await user.caller.connections.close()
  await server.emptied()
})
