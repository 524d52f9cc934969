import { describe, expect, test } from 'vitest'
import { HttpClient } from '../../src/clients/http.ts'
import { route } from '../../src/clients/route.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { deadUrl, echo, sendJson, serve } from '../support/servers.ts'
import { createUser, failureOf, plain } from './user.ts'

interface Echo {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

describe('what is sent', () => {
  test.each([
    ['json', { json: { message: 'hello' } }, 'application/json', '{"message":"hello"}'],
    ['json null', { json: null }, 'application/json', 'null'],
    [
      'form',
      { form: { user: 'jo&e', age: 7, admin: true } },
      'application/x-www-form-urlencoded',
      'user=jo%26e&age=7&admin=true',
    ],
    ['body', { body: 'plain' }, undefined, 'plain'],
    ['bytes', { body: new Uint8Array([104, 105]) }, undefined, 'hi'],
    [
      'json of another type',
      { json: [1], headers: { 'Content-Type': 'application/vnd.api+json' } },
      'application/vnd.api+json',
      '[1]',
    ],
    ['one body, others undefined', { json: undefined, body: 'x' }, undefined, 'x'],
  ])('%s', async (_what, options, type, body) => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const sent = (await user.http.post('/echo', options)).json<Echo>()
    expect([sent.method, sent.headers['content-type'], sent.body]).toEqual(['POST', type, body])
  })

  test.each([
    ['/a', { a: 1, b: true, c: 'x y', d: undefined }, '/a?a=1&b=true&c=x+y'],
    ['/a', { tag: ['x', 'y'] }, '/a?tag=x&tag=y'],
    ['/a?z=1', { a: 1 }, '/a?z=1&a=1'],
    ['/a', {}, '/a'],
    ['/search/zwei Wörter', undefined, '/search/zwei%20W%C3%B6rter'],
    ['/a%20b', undefined, '/a%20b'],
    ['/a#fragment', undefined, '/a'],
  ])('%s with %o asks for %s', async (path, query, url) => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const answer = await user.http.get(path, query === undefined ? undefined : { query })
    expect(answer.json<Echo>().url).toBe(url)
  })

  test.each(['get', 'post', 'put', 'patch', 'delete'] as const)('%s', async (method) => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const answer = await user.http[method]('/echo')
    expect(answer.json<Echo>().method).toBe(method.toUpperCase())
    expect(user.outcomes()).toEqual({ [`${method.toUpperCase()} /echo`]: { ok: 1 } })
  })
})

describe('extend', () => {
  test('adds a prefix, headers and an access token, and again on top', async () => {
    await using server = await serve(echo)
    await using user = createUser(`${server.url}/base/`)
    const api = user.http.extend({ prefix: '/api', headers: { 'X-Team': 'a' }, bearer: 'abc' })
    const v1 = api.extend({ prefix: '/v1', headers: { 'x-team': 'b' } })
    const sent = (await v1.get('/users', { headers: { 'X-Trace': '1' } })).json<Echo>()
    expect(sent).toMatchObject({
      url: '/base/api/v1/users',
      headers: { authorization: 'Bearer abc', 'x-team': 'b', 'x-trace': '1' },
    })
    const first = (await user.http.get('/users')).json<Echo>()
    expect(first.headers).not.toHaveProperty('authorization')
    expect(user.outcomes()).toEqual({
      'GET /base/api/v1/users': { ok: 1 },
      'GET /base/users': { ok: 1 },
    })
  })

  test('a route has the prefix in its name, as a path has', async () => {
    await using server = await serve(echo)
    await using user = createUser(`${server.url}/base`)
    const tenant = user.http.extend({ prefix: '/tenants/42' })
    await tenant.get('/users/7')
    await tenant.get(route`/users/${'anna'}`)
    await user.http.get(route`/users/${'anna'}`)
    expect(user.outcomes()).toEqual({
      'GET /base/tenants/{}/users/{}': { ok: 2 },
      'GET /base/users/{}': { ok: 1 },
    })
  })

  test('keeps the connections and cookies of its user', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('set-cookie', 'sid=1').end()
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    await user.http.extend({ bearer: 'x' }).get('/')
    expect(server.accepted).toBe(1)
  })
})

describe('what it is recorded under', () => {
  test('method and template, or the name that is given', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const { http } = user
    const id = 'a/b c'
    await http.get('/users/42/orders?page=2')
    await http.get('/users/43/orders?page=3')
    const start = (await http.post(route`/strategies/${id}/start`)).json<Echo>()
    await http.post(route`/strategies/${7}/start`, { json: {} })
    await http.get('/users/42', { name: 'profile' })
    await http.get(`${server.url}/health`)
    expect(start.url).toBe('/strategies/a%2Fb%20c/start')
    expect(user.outcomes()).toEqual({
      'GET /users/{}/orders': { ok: 2 },
      'POST /strategies/{}/start': { ok: 2 },
      profile: { ok: 1 },
      'GET /health': { ok: 1 },
    })
  })

  test('calls within an operation are its parts', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const http = user.http.within('chat')
    await http.post('/chat', { json: {} })
    await http.get('/status')
    const { operations } = user.caller.recording.current.data(performance.now())
    expect(operations.map(({ name, part, outcomes }) => [name, part, outcomes.ok])).toEqual([
      ['chat › POST /chat', true, 1],
      ['chat › GET /status', true, 1],
    ])
    expect(user.summary().requests).toEqual([])
  })

  test('a call stays with the recorder it began with, the next goes to the new one', async () => {
    let answer: (() => void) | undefined
    await using server = await serve((_request, response) => {
      if (answer === undefined) answer = () => response.end()
      else response.end()
    })
    await using user = createUser(server.url)
    const first = user.caller.recording.current
    const open = user.http.get('/a')
    await expect.poll(() => answer).toBeDefined()
    const later = new Recorder(performance.now())
    user.caller.recording.current = later
    answer?.()
    await open
    await user.http.get('/a')
    const count = (recorder: Recorder) => recorder.data(performance.now()).whole.latency.count
    expect([count(first), count(later)]).toEqual([1, 1])
  })

  test('many different paths are not all kept, and still recorded rightly', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    for (let id = 0; id < 40; id++) await user.http.get(`/users/${id}`)
    for (const method of ['get', 'post', 'get'] as const) await user.http[method]('/users/1')
    expect(user.outcomes()).toEqual({ 'GET /users/{}': { ok: 42 }, 'POST /users/{}': { ok: 1 } })
  })
})

describe('expect', () => {
  test.each([
    [200, undefined, 'ok'],
    [302, undefined, 'ok'],
    [404, undefined, 'status'],
    [404, 'any', 'ok'],
    [500, 'any', 'ok'],
    [404, 404, 'ok'],
    [200, 404, 'status'],
    [422, [401, 422], 'ok'],
    [403, [401, 422], 'status'],
  ] as const)('%d under expect: %s is %s', async (status, expected, outcome) => {
    await using server = await serve((_request, response) => sendJson(response, {}, status))
    await using user = createUser(server.url)
    const call = user.http.get('/', expected === undefined ? {} : { expect: expected })
    if (outcome === 'ok') expect((await call).status).toBe(status)
    else expect((await failureOf(call)).kind).toBe('status')
    expect(user.outcomes()).toEqual({ 'GET /': { [outcome]: 1 } })
  })

  test('the error says what was expected', async () => {
    await using server = await serve((_request, response) => response.writeHead(418).end())
    await using user = createUser(server.url)
    const error = await failureOf(user.http.get('/', { expect: [401, 422] }))
    expect(plain(error.message)).toMatchInlineSnapshot(
      `"GET http://service/ answered 418 I'm a Teapot, expected 401 or 422"`,
    )
  })
})

test('the stack of an error leads to the line that called', async () => {
  await using user = createUser(await deadUrl())
  async function scenario(): Promise<void> {
    await user.http.get('/')
  }
  expect((await failureOf(scenario())).stack).toMatch(/at (async )?scenario .*http\.test\.ts/)
})

describe('misuse is refused before anything is sent', () => {
  const dead = 'http://127.0.0.1:1'

  test.each<readonly [string | undefined, string, object, string]>([
    [
      undefined,
      '/users',
      {},
      "http does not know which service to call: set perf({ baseUrl: 'http://127.0.0.1:8080' }) in the Vitest config, or PERF_BASE_URL",
    ],
    [dead, 'users', {}, `path must be a path that starts with '/' or a whole URL, got "users"`],
    [
      '127.0.0.1:8080',
      '/users',
      {},
      `baseUrl must be a URL like 'http://127.0.0.1:8080', got "127.0.0.1:8080"`,
    ],
    [
      dead,
      '/users',
      { jsno: {} },
      'http.post.jsno is not an option; known: "json", "form", "body", "query", "headers", "name", "expect", "tags", "timeout"; did you mean "json"?',
    ],
    [
      dead,
      '/users',
      { json: {}, body: 'x' },
      'http.post must be given one of json, form and body, not several',
    ],
    [
      dead,
      '/users',
      { timeout: '5' },
      `timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'`,
    ],
    [
      dead,
      '/users',
      { timeout: { firstBite: 5 } },
      'timeout.firstBite is not a timeout; known: "connect", "firstByte", "firstToken", "stall", "stop", "total"; did you mean "firstByte"?',
    ],
  ])('of %s, %s with %o', async (baseUrl, path, options, message) => {
    await using user = createUser(baseUrl)
    await expect(user.http.post(path, options)).rejects.toThrow(UsageError)
    await expect(user.http.post(path, options)).rejects.toThrow(message)
    expect(user.summary().requests).toEqual([])
  })

  test('by whoever may not call here', async () => {
    await using user = createUser('http://127.0.0.1:1', {
      admit: (client) => {
        throw new UsageError(client, 'called elsewhere')
      },
    })
    await expect(user.http.get('/')).rejects.toThrow('http must be called elsewhere')
    await expect(user.fetch('/')).rejects.toThrow('fetch must be called elsewhere')
    expect(() => user.http.stream('/')).toThrow(UsageError)
  })

  test('a client can be made without a service, for whole URLs', async () => {
    await using server = await serve(echo)
    await using user = createUser(undefined)
    const http = new HttpClient(user.caller, { baseUrl: undefined, prefix: '', headers: {} })
    expect((await http.get(`${server.url}/x?y=1`)).json<Echo>().url).toBe('/x?y=1')
  })
})
