import { describe, expect, test } from 'vitest'
import { toTlsSettings } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { respondJson, serveH2 } from '../support/h2-server.ts'
import { sendJson, serve, type Listener } from '../support/servers.ts'
import { certificateFile, serveTls } from '../support/tls-server.ts'

const ok: Listener = (_request, response) => sendJson(response, {})
const look: Scenario = async ({ http }) => void (await http.get('/'))
const ca = certificateFile('ca')

test('a load trusts what the config trusts', async () => {
  await using server = await serveTls(ok)
  const transport = new Transport({ tls: toTlsSettings({ ca }, 'perf.tls'), h2: false })
  const environment = loadEnvironment({ baseUrl: server.url, transport })
  const run = await runLoad({ users: 2, iterations: 6 }, look, environment)
  expect(run.outcomes).toEqual({ ok: 6 })
})

test('or what its own options say, its shared connections too', async () => {
  await using server = await serveTls(ok)
  const environment = loadEnvironment({ baseUrl: server.url })
  const options = { users: 2, iterations: 6, tls: { ca }, connection: 'shared' } as const
  expect((await runLoad(options, look, environment)).outcomes).toEqual({ ok: 6 })
})

test('a certificate that is not trusted is one error before any traffic', async () => {
  let requests = 0
  await using server = await serveTls((request, response) => {
    requests++
    return ok(request, response)
  }, 'self-signed')
  const environment = loadEnvironment({ baseUrl: server.url })
  const load = runLoad({ users: 2, iterations: 6 }, look, environment)
  const message = await load.then(String, ({ message }: Error) => message)
  expect(message.replace(server.url, 'https://service')).toMatchInlineSnapshot(
    `"load() was not started: https://service met a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): say tls: { ca: 'certs/ca.pem' } or tls: { rejectUnauthorized: false } in perf()"`,
  )
  expect(requests).toBe(0)
})

test('a file that cannot be read is one, too', async () => {
  const options = { users: 1, iterations: 1, tls: { ca: '/nowhere/ca.pem' } }
  await expect(
    runLoad(options, look, loadEnvironment()),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: load.tls.ca: /nowhere/ca.pem cannot be read (ENOENT)]`,
  )
})

describe('HTTP/2', () => {
  const options = { users: 2, iterations: 6, tls: { ca }, http: { h2: true } } as const
  const messageOf = async (baseUrl: string): Promise<string> => {
    const load = runLoad(options, look, loadEnvironment({ baseUrl }))
    const message = await load.then(String, ({ message: said }: Error) => said)
    return message.replace(baseUrl, 'SERVICE')
  }

  test('each user has one connection', async () => {
    await using server = await serveH2((stream) => respondJson(stream, {}))
    const environment = loadEnvironment({ baseUrl: server.url })
    const both: Scenario = async ({ http }) =>
      void (await Promise.all([http.get('/a'), http.get('/b')]))
    const run = await runLoad(options, both, environment)
    expect(run.outcomes).toEqual({ ok: 12 })
    expect(run.connections.opened).toBe(2)
  })

  test('a service that does not know it: no load of another protocol is begun', async () => {
    await using server = await serveTls(ok)
    expect(await messageOf(server.url)).toMatchInlineSnapshot(
      `"load() was not started: SERVICE does not speak HTTP/2: leave out http: { h2: true }, or switch it on in the service"`,
    )
  })

  test('nor one without TLS', async () => {
    await using server = await serve(ok)
    expect(await messageOf(server.url)).toMatchInlineSnapshot(
      `"load() was not started: http: { h2: true } needs https:, and the service is at SERVICE"`,
    )
  })
})
