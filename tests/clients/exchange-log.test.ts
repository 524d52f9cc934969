import { expect, test } from 'vitest'
import { ExchangeLog } from '../../src/clients/exchange-log.ts'
import { sendJson, serve } from '../support/servers.ts'
import { createUser, failureOf, plain } from './user.ts'
import { clientOf, serve as serveSockets } from './ws-server.ts'

/** A log that keeps what it shows, times and ports taken out. */
function keeping(who: () => string | undefined = () => 'user 0'): {
  log: ExchangeLog
  entries: string[]
} {
  const entries: string[] = []
  const shown = (entry: string): string =>
    plain(entry)
      .replaceAll(/(?<=in |after )[\d.]+ m?s/g, '… ms')
      .replaceAll(/^ {2}(?:date|connection|keep-alive|transfer-encoding|host): .*\n/gim, '')
  return { log: new ExchangeLog((entry) => entries.push(shown(entry)), who), entries }
}

test('an exchange: what was sent, what came, and how long it took', async () => {
  await using server = await serve((_request, response) => sendJson(response, { reply: 'hi' }))
  const { log, entries } = keeping()
  await using user = createUser(server.url, { log })
  await user.http.post('/chat', { json: { text: 'hello' }, headers: { 'x-team': 'chat' } })
  expect(entries.join('\n')).toMatchInlineSnapshot(`
    "PERF_DEBUG user 0
    → POST http://service/chat
      content-type: application/json
      x-team: chat
      {"text":"hello"}
    ← 200 OK in … ms, first byte after … ms
      content-type: application/json
      {"reply":"hi"}"
  `)
})

test('an answer that is not expected, and one that never comes', async () => {
  await using server = await serve(({ url }, response) => {
    if (url === '/503') response.writeHead(503).end('busy')
  })
  const { log, entries } = keeping()
  await using user = createUser(server.url, { log })
  await failureOf(user.http.get('/503'))
  await failureOf(user.http.get('/never', { timeout: 50 }))
  expect(entries.join('\n')).toMatchInlineSnapshot(`
    "PERF_DEBUG user 0
    → GET http://service/503
    ← 503 Service Unavailable in … ms, first byte after … ms
      busy
    PERF_DEBUG user 0
    → GET http://service/never
    ✗ timeout after … ms: no complete answer within … ms (gave up after … ms)"
  `)
})

test('the first events of a stream', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end('data: {"token":"one"}\n\ndata: one\n\ndata: [DONE]\n\n')
  })
  const { log, entries } = keeping()
  await using user = createUser(server.url, { log })
  await user.http.stream('/stream')
  expect(entries.join('\n')).toMatchInlineSnapshot(`
    "PERF_DEBUG user 0
    → GET http://service/stream
    ← 200 OK in … ms, first byte after … ms
      content-type: text/event-stream
      data: {"token":"[redacted]"}

      data: one

      data: [DONE]"
  `)
})

test('a fetch of an SDK, its body sent in pieces', async () => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => sendJson(response, { ok: true }))
  })
  const { log, entries } = keeping()
  await using user = createUser(server.url, { log })
  const answer = await user.fetch('/v1/chat', { method: 'POST', body: '{"text":"hello"}' })
  expect(await answer.json()).toEqual({ ok: true })
  expect(entries.join('\n')).toContain('  {"text":"hello"}\n← 200 OK')
  expect(entries.join('\n')).toMatch(/ {2}\{"ok":true\}$/)
})

test('a socket, messages both ways', async () => {
  await using server = await serveSockets((client) => {
    client.on('message', () => client.send('{"type":"pong","n":1}'))
  })
  const { log, entries } = keeping()
  await using client = clientOf(server.wsUrl, 5_000, log)
  const socket = await client.ws.connect('/ws')
  await socket.request({ type: 'ping' }, { type: 'pong' })
  socket.send(Buffer.from([0, 1, 2]))
  await socket.receive()
  await socket.close()
  expect(entries.join('\n')).toMatchInlineSnapshot(`
    "PERF_DEBUG user 0
    → WS ws://service/ws is open
    PERF_DEBUG user 0
    → WS ws://service/ws
      {"type":"ping"}
    PERF_DEBUG user 0
    ← WS ws://service/ws
      {"type":"pong","n":1}
    PERF_DEBUG user 0
    → WS ws://service/ws
      (3 bytes)
    PERF_DEBUG user 0
    ← WS ws://service/ws
      {"type":"pong","n":1}
    PERF_DEBUG user 0
    ✗ WS ws://service/ws closed by us, 1000"
  `)
})

test('no secret is shown, wherever it is', async () => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('set-cookie', ['sid=canary-cookie; Path=/', 'theme=dark'])
      response.setHeader('x-auth-token', 'canary-header')
      sendJson(response, {
        access_token: 'canary-token',
        echo: { authorization: request.headers.authorization, url: request.url },
        refresh_tokens: ['canary-list'],
        nested: JSON.stringify({ secret: 'canary-nested' }),
      })
    })
  })
  await using sockets = await serveSockets((client) => {
    client.on('message', (data: Buffer) => client.send(data.toString()))
  })
  const { log, entries } = keeping()
  await using user = createUser(server.url.replace('//', '//joe:canary-user@'), { log })
  const api = user.http.extend({ bearer: 'canary-bearer', headers: { 'x-api-key': 'canary-key' } })
  await api.post('/login?token=canary-query', { json: { user: 'joe', password: 'canary-json' } })
  await api.post('/login', { form: { user: 'joe', password: 'canary-form' } })
  await user.http.get('/canary-token/me?session=canary-cookie')
  await (
    await user.fetch(`${server.url}/me`, { headers: { authorization: 'Bearer canary-fetch' } })
  ).text()

  await using client = clientOf(sockets.wsUrl, 5_000, log)
  const socket = await client.ws.connect('/ws?api_key=canary-socket')
  await socket.request({ type: 'auth', token: 'canary-message', same: 'canary-token' })
  await socket.close()

  const shown = entries.join('\n')
  expect(entries.length).toBeGreaterThanOrEqual(8)
  expect(shown).toContain('"user":"joe"')
  expect(shown.match(/.*canary.*/g)).toBeNull()
})

test('only while somebody looks, and at most a hundred', async () => {
  await using server = await serve((_request, response) => response.end())
  const looking = { now: false }
  const { log, entries } = keeping(() => (looking.now ? 'user 0' : undefined))
  await using user = createUser(server.url, { log })
  await user.http.get('/')
  expect(entries).toEqual([])
  looking.now = true
  for (let call = 0; call < 110; call++) await user.http.get('/')
  expect(entries).toHaveLength(100)
  expect(entries.at(-1)).toContain('… 100 are shown, the rest is not')
})
