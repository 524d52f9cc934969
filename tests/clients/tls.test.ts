import { WebSocketServer } from 'ws'
import { describe, expect, test } from 'vitest'
import { toTlsSettings, type TlsOptions } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import { WsClient } from '../../src/clients/ws.ts'
import { messageOf } from '../support/message-of.ts'
import { listening, sendJson, serve, type Listener } from '../support/servers.ts'
import { CA, certificateFile, httpsServer, serveTls } from '../support/tls-server.ts'
import { createUser, failureOf, plain } from './user.ts'

const ok: Listener = (_request, response) => sendJson(response, { ok: true })

const trusting = (tls: TlsOptions): Transport =>
  new Transport({ tls: toTlsSettings(tls, 'tls'), h2: false })

const FINE: readonly (readonly [string, TlsOptions, 'service' | 'self-signed'])[] = [
  ['a CA of its own, in a file', { ca: certificateFile('ca') }, 'service'],
  ['a CA of its own, as PEM', { ca: CA }, 'service'],
  ['several', { ca: [certificateFile('self-signed'), CA] }, 'service'],
  ['the self-signed certificate itself', { ca: certificateFile('self-signed') }, 'self-signed'],
  ['whatever comes', { rejectUnauthorized: false }, 'self-signed'],
]

describe('a service is trusted by', () => {
  test.each(FINE)('%s: http and fetch', async (_what, tls, certificate) => {
    await using server = await serveTls(ok, certificate)
    await using user = createUser(server.url, { transport: trusting(tls) })
    expect((await user.http.get('/')).status).toBe(200)
    expect((await user.fetch('/')).status).toBe(200)
  })

  test.each(FINE)('%s: wss', async (_what, tls, certificate) => {
    const server = httpsServer(ok, certificate)
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => socket.send(data.toString())),
    )
    await using place = await listening(server, 'https')
    await using user = createUser(place.url, { transport: trusting(tls) })
    const ws = new WsClient(user.caller, { wsUrl: place.url })
    const socket = await ws.connect('/')
    socket.send('hello')
    expect(await socket.receive()).toBe('hello')
    await ws.close()
  })
})

describe('what is not trusted is a failure of its own kind, and says what to do', () => {
  test('a self-signed certificate', async () => {
    await using server = await serveTls(ok, 'self-signed')
    await using user = createUser(server.url)
    const error = await failureOf(user.http.get('/'))
    expect(error.kind).toBe('tls')
    expect(plain(error.message)).toMatchInlineSnapshot(
      `"GET https://service/ met a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): say tls: { ca: 'certs/ca.pem' } or tls: { rejectUnauthorized: false } in perf()"`,
    )
    await expect(user.fetch('/')).rejects.toThrow('fetch failed')
    expect(user.outcomes()).toEqual({ 'GET /': { tls: 2 } })
  })

  test('a certificate of an unknown CA', async () => {
    await using server = await serveTls(ok)
    await using user = createUser(server.url)
    expect(plain((await failureOf(user.http.get('/'))).reason)).toMatchInlineSnapshot(
      `"met a certificate that is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE): say tls: { ca: 'certs/ca.pem' } or tls: { rejectUnauthorized: false } in perf()"`,
    )
  })

  test('one of another CA than the own one', async () => {
    await using server = await serveTls(ok)
    const transport = trusting({ ca: certificateFile('self-signed') })
    await using user = createUser(server.url, { transport })
    expect((await failureOf(user.http.get('/'))).kind).toBe('tls')
  })

  test('wss says the same', async () => {
    await using server = await serveTls(ok, 'self-signed')
    await using user = createUser(server.url)
    const ws = new WsClient(user.caller, { wsUrl: server.url })
    expect(plain((await failureOf(ws.connect('/'))).message)).toMatchInlineSnapshot(
      `"WS wss://service/ met a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): say tls: { ca: 'certs/ca.pem' } or tls: { rejectUnauthorized: false } in perf()"`,
    )
  })

  test('a certificate for another host', async () => {
    await using server = await serveTls(ok)
    await using user = createUser(server.url.replace('127.0.0.1', '127.0.0.2'), {
      transport: trusting({ ca: CA }),
    })
    const error = await failureOf(user.http.get('/', { timeout: '2s' }))
    expect(['tls', 'refused']).toContain(error.kind)
  })

  test('a service without TLS', async () => {
    await using server = await serve(ok)
    await using user = createUser(server.url.replace('http:', 'https:'))
    const error = await failureOf(user.http.get('/'))
    expect(error.kind).toBe('tls')
    expect(error.reason).toContain('could not agree on TLS')
  })
})

test('mistakes come all in one error, before any traffic', () => {
  const options = { ca: ['/nowhere/ca.pem', import.meta.filename, 7], rejectUnauthorised: false }
  const message = messageOf(() => toTlsSettings(options, 'perf.tls'))
  expect(message.replaceAll(/\S+tls\.test\.ts/g, '…/tls.test.ts')).toMatchInlineSnapshot(`
    "perf.tls has 4 mistakes:
      - perf.tls.rejectUnauthorised is not an option; known: "ca", "rejectUnauthorized"; did you mean "rejectUnauthorized"?
      - perf.tls.ca: /nowhere/ca.pem cannot be read (ENOENT)
      - perf.tls.ca must be a file with a certificate in PEM, got …/tls.test.ts"
      - perf.tls.ca must be a file like 'certs/ca.pem', or the PEM itself, got 7"
  `)
  expect(messageOf(() => toTlsSettings('ca.pem', 'perf.tls'))).toMatchInlineSnapshot(
    `"perf.tls must be an object like { ca: 'certs/ca.pem' } or { rejectUnauthorized: false }, got "ca.pem""`,
  )
})
