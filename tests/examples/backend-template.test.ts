import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { settingsFrom } from '../../examples/backend-template/service/settings.ts'
import { startBackend, type Backend } from '../../examples/backend-template/service/start.ts'
import { startVitest, type RunningVitest } from '../support/vitest-process.ts'

const ROOT = join(import.meta.dirname, '../../examples/backend-template')
/** The light profile in seconds. */
const SHORT = { PERF_DURATION: '3s', PERF_SPAWN_RATE: '20', PERF_SEED: '7' }

/** The suite, as somebody runs it who has changed nothing but the environment. */
function suite(env: Readonly<Record<string, string>>, args: readonly string[] = []): RunningVitest {
  const vitest = startVitest({
    root: ROOT,
    args: ['run', ...args],
    env: { ...SHORT, ...env },
    terminal: false,
  })
  onTestFinished(() => vitest.kill())
  return vitest
}

const start = (environment: NodeJS.ProcessEnv = {}): Promise<Backend> =>
  startBackend(settingsFrom({ PORT: '0', ...environment }))

describe('the service', () => {
  const send = (
    { url }: Backend,
    route: string,
    body?: object,
    token?: string,
  ): Promise<Response> => {
    const [method = '', path = ''] = route.split(' ')
    return fetch(url + path, {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const alice = { username: 'alice', password: 'first', email: 'alice@example.com' }

  test('an account is registered, used, changed and left', async () => {
    await using backend = await start()
    expect((await send(backend, 'POST /api/v1/auth/register', alice)).status).toBe(201)
    expect((await send(backend, 'POST /api/v1/auth/register', alice)).status).toBe(409)
    const login = await send(backend, 'POST /api/v1/auth/login', alice)
    const { access_token: token, refresh_token } = (await login.json()) as Record<string, string>

    await send(backend, 'PUT /api/v1/auth/me', { name: 'Alice' }, token)
    const me = await send(backend, 'GET /api/v1/auth/me', undefined, token)
    expect(await me.json()).toMatchObject({ username: 'alice', name: 'Alice' })

    const change = { before: 'first', next: 'second' }
    await send(backend, 'POST /api/v1/auth/change-password', change, token)
    expect((await send(backend, 'POST /api/v1/auth/login', alice)).status).toBe(401)

    expect((await send(backend, 'POST /api/v1/auth/refresh', { refresh_token })).status).toBe(200)
    expect((await send(backend, 'POST /api/v1/auth/refresh', { refresh_token })).status).toBe(401)

    await send(backend, 'POST /api/v1/auth/logout', undefined, token)
    expect((await send(backend, 'GET /api/v1/auth/me', undefined, token)).status).toBe(401)
  })

  test.for([
    ['GET /api/v1/auth/me', undefined, 401, 'no token'],
    ['POST /api/v1/auth/login', { username: 'nobody', password: 'x' }, 401, 'no such account'],
    ['POST /api/v1/auth/login', { username: 'alice' }, 422, 'no password'],
    ['GET /api/v1/llm/models', undefined, 404, 'no such route'],
    ['GET /api/v1/tasks/health', undefined, 503, 'no worker'],
  ] as const)('%s answers %s with %i: %s', async ([route, body, status]) => {
    await using backend = await start({ WORKER_URL: 'http://127.0.0.1:1' })
    expect((await send(backend, route, body)).status).toBe(status)
  })

  test('an even share of the calls fails when it is told to', async () => {
    await using backend = await start({ BACKEND_FAIL: '0.25' })
    const statuses = []
    for (let call = 0; call < 8; call++) statuses.push((await send(backend, 'GET /')).status)
    expect(statuses).toEqual([200, 200, 200, 500, 200, 200, 200, 500])
  })
})

describe('the suite', () => {
  test('passes, with the weights of its profile', { timeout: 60_000 }, async () => {
    const { output, code } = await suite({ PERF_PROFILE: 'spike', PERF_SCALE: '0.2' }).ended
    expect(output).toContain('PERF_PROFILE instead of light')
    expect(output).toMatch(/✓ 4 of 4 {2}backend\.perf\.ts › backend › user flows/)
    expect(code).toBe(0)
  })

  test('fails by its latencies when the service is slow', { timeout: 60_000 }, async () => {
    const { output, code } = await suite({ BACKEND_DELAY: '250' }, ['-t', 'user flows']).ended
    expect(output).toMatch(
      /p95 latency of GET \/api\/v1\/health\/\*: [\d.]+ ms, [\d.]+ times the limit of 100 ms/,
    )
    expect(output).toMatch(/✗ p95 latency of GET \/api\/v1\/tasks\/\*/)
    expect(output).not.toMatch(/✗ p95 latency of \* \/api\/v1\/auth\/\*/)
    expect(code).toBe(1)
  })

  test('fails by its error rate when the service errs', { timeout: 60_000 }, async () => {
    const { output, code } = await suite({ BACKEND_FAIL: '0.1' }, ['-t', 'user flows']).ended
    expect(output).toMatch(/error rate of all requests: \d+(\.\d+)? %, .* the limit of 1 %/)
    expect(output).toMatch(/500 .*something broke/)
    expect(code).toBe(1)
  })

  test('fails when its companion is not there', { timeout: 60_000 }, async () => {
    await using backend = await start({ WORKER_URL: 'http://127.0.0.1:1' })
    const { output, code } = await suite({ PERF_BASE_URL: backend.url }, ['-t', 'user flows']).ended
    expect(output).toMatch(/error rate of all requests: \d+(\.\d+)? %, .* the limit of 1 %/)
    expect(output).toMatch(/503 GET \/api\/v1\/tasks\/.*the worker/)
    expect(code).toBe(1)
  })

  test('fails when the service stops in mid-run', { timeout: 60_000 }, async () => {
    const backend = await start()
    const env = { PERF_BASE_URL: backend.url, PERF_DURATION: '6s' }
    const vitest = suite(env, ['-t', 'user flows'])
    await vitest.sees(/RUN/)
    setTimeout(() => void backend[Symbol.asyncDispose](), 3_000)
    const { output, code } = await vitest.ended
    expect(output).toMatch(/refused/)
    expect(code).toBe(1)
  })
})
