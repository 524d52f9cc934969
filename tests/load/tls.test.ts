import { expect, test } from 'vitest'
import { toTlsSettings } from '../../src/clients/tls-options.ts'
import { Transport } from '../../src/clients/transport.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { sendJson, type Listener } from '../support/servers.ts'
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
