import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { toTlsSettings } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import { sendJson, serve, type Listener } from '../support/servers.ts'
import { CA, serveTls } from '../support/tls-server.ts'
import { createUser } from './user.ts'

const ok: Listener = (_request, response) => sendJson(response, {})
const transport = new Transport({ tls: toTlsSettings({ ca: CA }, 'tls'), h2: false })

describe('the opening of a connection is measured part by part', () => {
  test('an address in numbers: TCP alone', async () => {
    await using server = await serve(ok)
    await using user = createUser(server.url)
    await user.http.get('/')
    const { opened, dns, connect, tls, total } = user.summary().connections
    expect([opened, dns.count, connect.count, tls.count]).toEqual([1, 0, 1, 0])
    expect(connect.max).toBe(total.max)
  })

  test('a name over TLS: all three, one after the other', async () => {
    await using server = await serveTls(ok)
    await using user = createUser(server.url.replace('127.0.0.1', 'localhost'), { transport })
    await user.http.get('/')
    const { dns, connect, tls, total } = user.summary().connections
    expect([dns.count, connect.count, tls.count, total.count]).toEqual([1, 1, 1, 1])
    const sum = (dns.mean ?? 0) + (connect.mean ?? 0) + (tls.mean ?? 0)
    expect(sum).toBeCloseTo(total.mean ?? 0, 3)
  })

  test('what never stands up is none', async () => {
    await using server = await serveTls(ok, 'self-signed')
    await using user = createUser(server.url)
    await user.http.get('/').catch(() => {})
    expect(user.summary().connections).toMatchObject({ opened: 0, cold: { count: 0 } })
  })
})

describe('a call is cold when it had to open its connection', () => {
  test('the first one, not those that follow', async () => {
    await using server = await serve(ok)
    await using user = createUser(server.url)
    for (let call = 0; call < 5; call++) await user.http.get('/')
    const { connections, requests, cold, latency } = user.summary()
    expect([connections.opened, connections.cold.count, requests[0]?.cold.count]).toEqual([1, 1, 1])
    expect(cold.max).toBeLessThanOrEqual(latency.max ?? 0)
  })

  test('every one, when each has a connection of its own', async () => {
    await using server = await serve(ok)
    await using user = createUser(server.url, { connection: 'perRequest' })
    for (let call = 0; call < 5; call++) await user.http.get('/')
    expect(user.summary().connections).toMatchObject({ opened: 5, cold: { count: 5 } })
  })

  test('none, when it was opened ahead', async () => {
    await using server = await serve(ok)
    await using user = createUser(server.url)
    await user.caller.connections.open(server.url, () => performance.now())
    await user.http.get('/')
    expect(user.summary().connections).toMatchObject({ opened: 1, cold: { count: 0 } })
  })

  test('again, after the service has closed an idle connection', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('connection', 'close')
      return ok(_request, response)
    })
    await using user = createUser(server.url)
    for (let call = 0; call < 3; call++) await user.http.get('/')
    expect(user.summary().connections).toMatchObject({ opened: 3, cold: { count: 3 } })
  })

  test('its latency holds the opening, and a failed one is not among them', async () => {
    await using server = await serve(async (_request, response) => {
      await sleep(20)
      sendJson(response, {}, 503)
    })
    await using user = createUser(server.url)
    await user.http.get('/').catch(() => {})
    expect(user.summary().connections.cold.count).toBe(0)
    await using warm = createUser(server.url)
    await warm.http.get('/', { expect: 503 })
    const { cold, connections } = warm.summary()
    expect(cold.min).toBeGreaterThan((connections.total.max ?? 0) + 15)
  })
})
