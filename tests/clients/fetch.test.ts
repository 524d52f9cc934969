import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createUrl } from '../../src/clients/fetch.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { echo, sendJson, serve } from '../support/servers.ts'
import { createUser } from './user.ts'

interface Echo {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const json = async (response: Promise<Response>): Promise<Echo> =>
  (await (await response).json()) as Echo
describe('what is sent', () => {
  const text = 'text/plain;charset=UTF-8'

  test.each<readonly [string, () => RequestInit, string | undefined, string]>([
    ['text', () => ({ body: 'Grüße' }), text, 'Grüße'],
    ['bytes', () => ({ body: new Uint8Array([104, 105]) }), undefined, 'hi'],
    [
      'URLSearchParams',
      () => ({ body: new URLSearchParams({ a: 'x&y' }) }),
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=x%26y',
    ],
    ['a Blob', () => ({ body: new Blob(['hi'], { type: 'a/b' }) }), 'a/b', 'hi'],
    ['a stream', () => ({ body: new Blob(['hi']).stream(), duplex: 'half' }), undefined, 'hi'],
    [
      'Headers',
      () => ({ body: 'hi', headers: new Headers({ 'Content-Type': 'a/b' }) }),
      'a/b',
      'hi',
    ],
  ])('%s', async (_what, init, type, body) => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const sent = await json(user.fetch('/echo', { method: 'POST', ...init() }))
    expect([sent.method, sent.headers['content-type'], sent.body]).toEqual(['POST', type, body])
    expect(user.outcomes()).toEqual({ 'POST /echo': { ok: 1 } })
  })

  test('FormData, files included', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const form = new FormData()
    form.append('user', 'jo')
    form.append('file', new Blob(['hello'], { type: 'text/csv' }), 'a.csv')
    const { headers, body } = await json(user.fetch('/echo', { method: 'POST', body: form }))
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(body).toContain('name="user"\r\n\r\njo\r\n')
    expect(body).toContain('name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\nhello')
  })

  test('a Request, and what is laid over it', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const request = (): Request =>
      new Request(`${server.url}/echo`, { method: 'PUT', body: 'hi', headers: { 'x-a': '1' } })
    const plain = await json(user.fetch(request()))
    const other = await json(user.fetch(request(), { method: 'POST', headers: { 'x-b': '2' } }))
    expect([plain.method, plain.body, plain.headers['x-a']]).toEqual(['PUT', 'hi', '1'])
    expect([other.method, other.body, other.headers['x-b']]).toEqual(['POST', 'hi', '2'])
    expect(other.headers).not.toHaveProperty('x-a')
  })
})

describe('where it goes', () => {
  test.each([
    ['a path', '/users/42?page=2', '/base/users/42?page=2'],
    ['a path with a fragment', '/a#b', '/base/a'],
    ['a path with a space', '/a b', '/base/a%20b'],
  ])('%s is laid over the base URL', async (_what, path, url) => {
    await using server = await serve(echo)
    await using user = createUser(`${server.url}/base/`)
    expect((await json(user.fetch(path))).url).toBe(url)
  })

  test('a whole URL, as text or as a URL, needs none', async () => {
    await using server = await serve(echo)
    await using user = createUser(undefined)
    expect((await json(user.fetch(`${server.url}/a`))).url).toBe('/a')
    expect((await json(user.fetch(new URL('/b', server.url)))).url).toBe('/b')
  })

  test('a data URL is read without a service, and not recorded', async () => {
    await using user = createUser(undefined)
    expect(await (await user.fetch('data:text/plain,hello')).text()).toBe('hello')
    expect(user.outcomes()).toEqual({})
  })

  test('is recorded under method and template', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    for (const id of [1, 2, 3]) await json(user.fetch(`/users/${id}/orders?page=${id}`))
    await json(user.fetch('/users/1', { method: 'delete' }))
    expect(user.outcomes()).toEqual({
      'GET /users/{}/orders': { ok: 3 },
      'DELETE /users/{}': { ok: 1 },
    })
  })

  test.each([
    [undefined, '/users', 'fetch does not know which service to call'],
    ['http://127.0.0.1:1', 'users', `path must be a path that starts with '/' or a whole URL`],
    ['http://127.0.0.1:1', '', `path must be a path that starts with '/' or a whole URL`],
  ])('with base URL %s, %j is refused before anything is sent', async (base, path, message) => {
    await using user = createUser(base)
    await expect(user.fetch(path)).rejects.toThrow(UsageError)
    await expect(user.fetch(path)).rejects.toThrow(message)
    expect(user.outcomes()).toEqual({})
  })

  test.each([
    ['/v1', 'http://a:1/base/v1'],
    ['v1', 'http://a:1/base/v1'],
    ['', 'http://a:1/base'],
    ['http://b/c', 'http://b/c'],
  ])('url(%j) is %s', (path, url) => expect(createUrl('http://a:1/base/')(path)).toBe(url))
})

describe('what comes back', () => {
  test('is an ordinary Response, with its times recorded', async () => {
    await using server = await serve(async (_request, response) => {
      await sleep(30)
      response.setHeader('x-a', '1')
      sendJson(response, { hello: 'world' }, 201)
    })
    await using user = createUser(server.url)
    const response = await user.fetch('/')
    expect([response.status, response.ok, response.headers.get('x-a')]).toEqual([201, true, '1'])
    expect(response.url).toBe(`${server.url}/`)
    expect(await response.clone().text()).toBe('{"hello":"world"}')
    expect(await response.json()).toEqual({ hello: 'world' })
    const [request] = user.summary().requests
    expect(request?.ttfb.min).toBeGreaterThan(25)
    expect(request?.latency.min).toBeGreaterThanOrEqual(request?.ttfb.min ?? Infinity)
    expect(request?.ttft.count).toBe(0)
  })

  test('a body is read as a stream', async () => {
    await using server = await serve(async (_request, response) => {
      response.write('a')
      await sleep(20)
      response.end('b')
    })
    await using user = createUser(server.url)
    const { body } = await user.fetch('/')
    const read: string[] = []
    for await (const bytes of body ?? []) read.push(Buffer.from(bytes).toString())
    expect(read.join('')).toBe('ab')
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 1 } })
  })

  test('a body larger than any buffer arrives whole', async () => {
    const large = 'x'.repeat(3_000_000)
    await using server = await serve((_request, response) => response.end(large))
    await using user = createUser(server.url)
    const response = await user.fetch('/')
    await sleep(30)
    expect((await response.text()) === large).toBe(true)
  })

  test('compressed bodies are decoded', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('hello'))
    })
    await using user = createUser(server.url)
    expect(await (await user.fetch('/')).text()).toBe('hello')
  })

  test.each([
    [404, 'GET', 'status'],
    [503, 'GET', 'status'],
    [204, 'GET', 'ok'],
    [200, 'HEAD', 'ok'],
  ])('%d to %s resolves, and is recorded as %s', async (status, method, outcome) => {
    await using server = await serve((_request, response) => response.writeHead(status).end())
    await using user = createUser(server.url)
    const response = await user.fetch('/', { method })
    expect([response.status, await response.text()]).toEqual([status, ''])
    expect(user.outcomes()).toEqual({ [`${method} /`]: { [outcome]: 1 } })
    expect(user.caller.tally.failed).toBe(outcome === 'ok' ? 0 : 1)
  })

  test('the body of an error is kept for the report', async () => {
    await using server = await serve((_request, response) =>
      sendJson(response, { error: 'full', token: 'abc' }, 503),
    )
    await using user = createUser(server.url)
    expect(await (await user.fetch('/a?token=abc')).json()).toEqual({ error: 'full', token: 'abc' })
    expect(user.summary().errors).toMatchObject([
      {
        kind: 'status',
        count: 1,
        message: 'answered 503 Service Unavailable, expected a status below 400',
        first: { status: 503, body: '{"error":"full","token":"[redacted]"}' },
      },
    ])
  })
})

describe('redirects', () => {
  const service = (): ReturnType<typeof serve> =>
    serve((request, response) => {
      if (request.url !== '/old') return echo(request, response)
      return response.writeHead(302, { location: '/new', 'set-cookie': 'sid=1' }).end('moved')
    })

  test('are followed, each hop recorded, with the cookie of the first', async () => {
    await using server = await service()
    await using user = createUser(server.url)
    const response = await user.fetch('/old')
    expect([response.redirected, response.url]).toEqual([true, `${server.url}/new`])
    expect((await json(Promise.resolve(response))).headers.cookie).toBe('sid=1')
    expect(user.outcomes()).toEqual({ 'GET /old': { ok: 1 }, 'GET /new': { ok: 1 } })
  })

  test('are no less answered when their body is not waited for', async () => {
    await using server = await serve((request, response) => {
      if (request.url !== '/old') return echo(request, response)
      return response.writeHead(302, { location: '/new' }).write('this may take a while')
    })
    await using user = createUser(server.url)
    await json(user.fetch('/old'))
    await expect
      .poll(() => user.outcomes())
      .toEqual({ 'GET /old': { ok: 1 }, 'GET /new': { ok: 1 } })
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('that lead in a circle fail, each hop an answer', async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(302, { location: '/' }).end(),
    )
    await using user = createUser(server.url)
    await expect(user.fetch('/')).rejects.toThrow('fetch failed')
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { ok: 21 } })
  })

  test('are left alone when asked for', async () => {
    await using server = await service()
    await using user = createUser(server.url)
    expect((await user.fetch('/old', { redirect: 'manual' })).status).toBe(302)
    const request = new Request(`${server.url}/old`, { redirect: 'manual' })
    expect((await user.fetch(request)).status).toBe(302)
    expect(user.outcomes()).toEqual({ 'GET /old': { ok: 2 } })
  })
})

describe('cookies', () => {
  test('are those of the user, shared with http', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/login') response.setHeader('set-cookie', ['sid=1', 'lang=de'])
      return echo(request, response)
    })
    await using user = createUser(server.url)
    await using other = createUser(server.url)
    await user.fetch('/login')
    expect((await user.http.get('/')).json<Echo>().headers.cookie).toBe('sid=1; lang=de')
    expect((await json(user.fetch('/'))).headers.cookie).toBe('sid=1; lang=de')
    expect((await json(other.fetch('/'))).headers.cookie).toBeUndefined()
  })

  test.each(['cookie', 'Cookie'])('join the %s header that a call has itself', async (name) => {
    await using server = await serve((request, response) => {
      response.setHeader('set-cookie', 'sid=1')
      return echo(request, response)
    })
    await using user = createUser(server.url)
    await user.fetch('/')
    const { headers } = await json(user.fetch('/', { headers: { [name]: 'own=1' } }))
    expect(headers.cookie).toBe('own=1; sid=1')
  })
})
