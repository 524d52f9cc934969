import { constants, type ServerHttp2Stream } from 'node:http2'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { toTlsSettings } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import { respondJson, serveH2 } from '../support/h2-server.ts'
import { sendJson, serve } from '../support/servers.ts'
import { CA, serveTls } from '../support/tls-server.ts'
import { createUser, failureOf, plain, type User } from './user.ts'

const transport = new Transport({ tls: toTlsSettings({ ca: CA }, 'tls'), h2: true })

const userOf = (url: string, options: Parameters<typeof createUser>[1] = {}): User =>
  createUser(url, { transport, ...options })

const events = (stream: ServerHttp2Stream, tokens: readonly string[], end = true): void => {
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
  for (const token of tokens) stream.write(`data: ${token}\n\n`)
  if (end) stream.end()
}

describe('many calls, one connection', () => {
  test('thirty at once', async () => {
    await using server = await serveH2(async (stream) => {
      await sleep(30)
      respondJson(stream, {})
    })
    await using user = userOf(server.url)
    await Promise.all(Array.from({ length: 30 }, () => user.http.get('/')))
    expect(server.accepted).toBe(1)
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 30 } })
    expect(user.summary().connections).toMatchObject({ opened: 1, cold: { count: 30 } })
    await user.http.get('/')
    expect(user.summary().connections.cold.count).toBe(30)
  })

  test('a call does not wait behind open streams, however few the service allows', async () => {
    await using server = await serveH2(
      (stream, headers) => {
        if (headers[':path'] === '/stream') events(stream, ['a'], false)
        else respondJson(stream, {})
      },
      { settings: { maxConcurrentStreams: 2 } },
    )
    await using user = userOf(server.url)
    await user.http.get('/')
    const streams = Array.from({ length: 5 }, () => user.http.stream('/stream'))
    await Promise.all(streams.map((stream) => stream[Symbol.asyncIterator]().next()))
    await user.http.get('/', { timeout: '1s' })
    expect(server.accepted).toBe(3)
    for (const stream of streams) stream.cancel()
  })

  test('shared: one for the whole load; perRequest: one for each', async () => {
    await using server = await serveH2(async (stream) => {
      await sleep(10)
      respondJson(stream, {})
    })
    await using shared = userOf(server.url, { connection: 'shared' })
    await Promise.all(Array.from({ length: 20 }, () => shared.http.get('/')))
    expect(server.accepted).toBe(1)
    await using fresh = userOf(server.url, { connection: 'perRequest' })
    await Promise.all(Array.from({ length: 5 }, () => fresh.http.get('/')))
    expect(server.accepted).toBe(6)
    expect(fresh.summary().connections).toMatchObject({ opened: 5, cold: { count: 5 } })
  })

  test('opened ahead, none is cold', async () => {
    await using server = await serveH2((stream) => respondJson(stream, {}))
    await using user = userOf(server.url)
    await user.caller.connections.open(server.url, () => performance.now())
    await user.http.get('/')
    expect(user.summary().connections).toMatchObject({ opened: 1, cold: { count: 0 } })
  })
})

test('what is sent and what comes back: bodies, headers, cookies', async () => {
  await using server = await serveH2(async (stream, headers) => {
    const body = await text(stream)
    stream.respond({
      ':status': 201,
      'content-type': 'application/json',
      'set-cookie': ['a=1', 'b=2'],
    })
    const { ':method': method, ':path': path, 'x-own': own, cookie } = headers
    stream.end(JSON.stringify({ method, path, own, cookie, body }))
  })
  await using user = userOf(server.url)
  const call = { json: { hello: 'you' }, headers: { 'X-Own': 'yes', Connection: 'close' } }
  const answer = await user.http.post('/a', { ...call, query: { n: 1 } })
  expect(answer.status).toBe(201)
  expect(answer.json()).toEqual({
    method: 'POST',
    path: '/a?n=1',
    own: 'yes',
    body: '{"hello":"you"}',
  })
  expect((await user.http.get('/')).json()).toMatchObject({ cookie: 'a=1; b=2' })
  const through = await user.fetch('/f', { method: 'POST', body: 'x'.repeat(100_000) })
  expect(through.headers.get('content-type')).toBe('application/json')
  const told = (await through.json()) as { body: string; cookie: string }
  expect([told.body.length, told.cookie]).toEqual([100_000, 'a=1; b=2'])
})

describe('streams of events', () => {
  test('are read token by token, and end at their end marker', async () => {
    await using server = await serveH2(async (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      for (const token of ['a', 'b', 'c']) {
        stream.write(`data: ${token}\n\n`)
        await sleep(5)
      }
      stream.end('data: [DONE]\n\n')
    })
    await using user = userOf(server.url)
    const stream = await user.http.stream('/')
    expect(stream.text).toBe('abc')
    const through = await user.fetch('/')
    expect(await through.text()).toContain('data: c')
    expect(user.summary().ttft.count).toBe(2)
  })

  test('a service that never ends its answer holds nobody up, and keeps its connection', async () => {
    await using server = await serveH2((stream) => events(stream, ['a', '[DONE]'], false))
    await using user = userOf(server.url)
    for (let call = 0; call < 3; call++) await user.http.stream('/')
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 3 } })
    expect(server.accepted).toBe(1)
  })
})

describe('what goes wrong', () => {
  test('a timeout ends its own stream, not its neighbours', async () => {
    const reset: number[] = []
    await using server = await serveH2(async (stream, headers) => {
      stream.on('close', () => reset.push(stream.rstCode ?? 0))
      if (headers[':path'] === '/never') return
      await sleep(120)
      respondJson(stream, {})
    })
    await using user = userOf(server.url)
    const slow = user.http.get('/slow')
    const error = await failureOf(user.http.get('/never', { timeout: '50ms' }))
    expect(error.kind).toBe('timeout')
    expect((await slow).status).toBe(200)
    await user.http.get('/again')
    expect(server.accepted).toBe(1)
    expect(reset).toContain(constants.NGHTTP2_CANCEL)
  })

  test('a stream that the service resets before it answers', async () => {
    await using server = await serveH2((stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
    await using user = userOf(server.url)
    const error = await failureOf(user.http.get('/'))
    expect([error.kind, plain(error.reason)]).toMatchInlineSnapshot(`
      [
        "reset",
        "had its stream reset before an answer came (HTTP2_INTERNAL_ERROR)",
      ]
    `)
    const refusing = await serveH2((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM))
    await using other = refusing
    await using second = userOf(other.url)
    expect((await failureOf(second.http.get('/'))).reason).toMatchInlineSnapshot(
      `"had its stream reset before an answer came (HTTP2_REFUSED_STREAM)"`,
    )
  })

  test('one that it resets in the middle is truncated', async () => {
    await using server = await serveH2(async (stream) => {
      stream.respond({ ':status': 200 })
      stream.write('half')
      await sleep(20)
      stream.destroy(new Error('broken'))
    })
    await using user = userOf(server.url)
    const failure = await failureOf(user.http.get('/'))
    expect(failure.kind).toBe('truncated')
    expect(failure.reason).toContain('the service reset the stream (HTTP2_INTERNAL_ERROR)')
  })

  test('GOAWAY: what is under way is finished, what follows goes over another connection', async () => {
    await using server = await serveH2(async (stream, headers) => {
      if (headers[':path'] === '/last') stream.session?.goaway(constants.NGHTTP2_NO_ERROR)
      await sleep(40)
      respondJson(stream, {})
    })
    await using user = userOf(server.url)
    const last = user.http.get('/last')
    await sleep(25)
    await user.http.get('/next')
    expect((await last).status).toBe(200)
    expect(server.accepted).toBe(2)
    expect(user.outcomes()).toEqual({ 'GET /last': { ok: 1 }, 'GET /next': { ok: 1 } })
  })

  test('GOAWAY with an error ends what is under way', async () => {
    await using server = await serveH2((stream) => {
      stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM)
    })
    await using user = userOf(server.url)
    expect((await failureOf(user.http.get('/'))).reason).toMatchInlineSnapshot(
      `"lost its connection before an answer came (HTTP2_GOAWAY_ENHANCE_YOUR_CALM)"`,
    )
  })

  test('a connection that breaks: reset before the answer, truncated in the middle of it', async () => {
    await using server = await serveH2(async (stream, headers) => {
      if (headers[':path'] === '/half') {
        stream.respond({ ':status': 200 })
        stream.write('half')
        await sleep(20)
      }
      stream.session?.socket.destroy()
    })
    await using user = userOf(server.url)
    expect((await failureOf(user.http.get('/none'))).kind).toBe('reset')
    expect((await failureOf(user.http.get('/half'))).kind).toBe('truncated')
  })

  test('a connection that cannot be opened fails what waits for it', async () => {
    const server = await serveH2(() => {})
    await server[Symbol.asyncDispose]()
    await using user = userOf(server.url)
    const all = await Promise.all([1, 2, 3].map(() => failureOf(user.http.get('/'))))
    expect(all.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused'])
    await using strict = createUser(server.url, {
      transport: new Transport({ tls: { ca: [] }, h2: true }),
    })
    expect((await failureOf(strict.http.get('/'))).kind).toBe('refused')
  })

  test('a certificate that is not trusted', async () => {
    await using server = await serveH2((stream) => respondJson(stream, {}))
    await using user = createUser(server.url, {
      transport: new Transport({ tls: { ca: [] }, h2: true }),
    })
    expect((await failureOf(user.http.get('/'))).kind).toBe('tls')
  })
})

describe('a service that does not know HTTP/2', () => {
  test('is spoken to in HTTP/1.1, over as many connections as ever', async () => {
    await using server = await serveTls(async ({ httpVersion }, response) => {
      await sleep(20)
      sendJson(response, { httpVersion })
    })
    await using user = userOf(server.url)
    const answers = await Promise.all(Array.from({ length: 12 }, () => user.http.get('/')))
    expect(answers.map((answer) => answer.json())).toEqual(
      Array.from({ length: 12 }, () => ({ httpVersion: '1.1' })),
    )
    // The one that found it out among them.
    expect(server.accepted).toBe(7)
  })

  test('so is one without TLS', async () => {
    await using server = await serve(({ httpVersion }, response) =>
      sendJson(response, { httpVersion }),
    )
    await using user = userOf(server.url)
    expect((await user.http.get('/')).json()).toEqual({ httpVersion: '1.1' })
  })
})

test('closing ends what is under way, and no socket is left', async () => {
  await using server = await serveH2(() => {})
  const user = userOf(server.url)
  const never = failureOf(user.http.get('/'))
  await sleep(50)
  await user.caller.connections.close()
  expect((await never).kind).toBe('cutOff')
  await server.emptied()
  await expect(user.http.get('/')).rejects.toThrow('this client is closed')
})
