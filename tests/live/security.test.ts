import { request, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Served } from '../../src/live/serve.ts'
import { asked, posted, SampleDashboard } from '../support/live-dashboard.ts'

interface Got {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
}

/** With headers that `fetch` has its own mind about. */
const raw = (
  { port }: Served,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<Got> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }))
    })
      .on('error', reject)
      .end(method === 'POST' ? STOP : undefined)
  })

const STOP = JSON.stringify({ command: { kind: 'stop' } })

describe('who may read', () => {
  const PATHS = ['/events', '/stats/requests', '/stats/requests/csv', '/download/run.json']

  test.each(PATHS)('%s wants the token', async (path) => {
    const served = await new SampleDashboard().serve()
    const authorizations = [{}, { authorization: 'Bearer ' }, { authorization: 'Bearer wrong' }]
    for (const headers of authorizations) {
      expect((await raw(served, path, headers)).status).toBe(401)
    }
    const almost = `${served.token.slice(0, -1)}${served.token.endsWith('A') ? 'B' : 'A'}`
    expect((await raw(served, `${path}?token=${almost}`, {})).status).toBe(401)
  })

  test('a script may have it in the address', async () => {
    const served = await new SampleDashboard().serve()
    expect((await raw(served, `/stats/requests?token=${served.token}`, {})).status).toBe(200)
  })

  test('the token is of 256 random bits, another one for each server', async () => {
    const served = await Promise.all([1, 2].map(() => new SampleDashboard().serve()))
    const tokens = served.map(({ token }) => token)
    expect(tokens[0]).not.toBe(tokens[1])
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  test('the page has none of it, nor any data: whoever loads it learns nothing', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.second()
    const text = await (await fetch(`http://127.0.0.1:${served.port}/`)).text()
    expect(text).not.toContain(served.token)
    expect(text).not.toContain('chat')
    expect(served.address).toBe(`http://127.0.0.1:${served.port}/#token=${served.token}`)
  })
})

describe('who may steer', () => {
  const TYPE = { 'content-type': 'application/json' }

  test.each([
    ['no token', 401, () => TYPE],
    ['a wrong token', 401, () => ({ ...TYPE, authorization: 'Bearer wrong' })],
    ['a page of elsewhere', 403, own({ ...TYPE, origin: 'https://evil.example' })],
    ['a page of another port', 403, own({ ...TYPE, origin: 'http://127.0.0.1:8080' })],
    ['a page without an origin', 403, own({ ...TYPE, origin: 'null' })],
    ['a page that a browser calls foreign', 403, own({ ...TYPE, 'sec-fetch-site': 'same-site' })],
    ['a name that was bound to this machine', 403, own({ ...TYPE, host: 'evil.example' })],
    ['a form', 415, own({ 'content-type': 'text/plain' })],
    ['a form with files', 415, own({ 'content-type': 'multipart/form-data; boundary=x' })],
    ['nothing that says what it is', 415, own({})],
  ])('%s: %i', async (_, status, headers) => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    expect((await raw(served, '/steer', headers(served), 'POST')).status).toBe(status)
    expect(sample.steered).toEqual([])
  })

  test('a token in the address is for reading only', async () => {
    const served = await new SampleDashboard().serve()
    const path = `/steer?token=${served.token}`
    expect((await raw(served, path, TYPE, 'POST')).status).toBe(401)
  })

  test('GET steers nothing', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    expect((await asked(served, '/steer')).status).toBe(404)
    expect((await asked(served, '/start')).status).toBe(404)
  })

  test('its own page may, by each name of this machine', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const host = `${name}:${served.port}`
      const headers = { ...own(TYPE)(served), host, origin: `http://${host}` }
      expect((await raw(served, '/steer', headers, 'POST')).status).toBe(200)
    }
    expect(sample.steered).toHaveLength(3)
  })

  test.each([
    ['said', undefined],
    ['not said', 'chunked'],
  ])('a body of more than 16 kB is refused, its length %s', async (_, transfer) => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    const command = { kind: 'stop', force: true, why: 'x'.repeat(20_000) }
    const text = JSON.stringify({ command })
    const answer =
      transfer === undefined
        ? await posted(served, '/steer', text)
        : await asked(served, '/steer', {
            method: 'POST',
            body: new Blob([text]).stream(),
            duplex: 'half',
            headers: TYPE,
          })
    expect(answer.status).toBe(413)
    expect(sample.steered).toEqual([])
  })
})

/** With the token of the server. */
function own(headers: Record<string, string>) {
  return ({ token }: Served): Record<string, string> => ({
    ...headers,
    authorization: `Bearer ${token}`,
  })
}

test('each answer says that nothing of it is to be kept, framed, guessed at or shared', async () => {
  const served = await new SampleDashboard().serve()
  for (const path of ['/', '/stats/requests', '/nowhere']) {
    const { headers } = await raw(
      served,
      path,
      own({ origin: `http://127.0.0.1:${served.port}` })(served),
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'/,
    )
    expect(Object.keys(headers).join()).not.toContain('access-control')
  }
})

describe('who may connect', () => {
  test('200 that say nothing: some are turned away, the others let go, and others are served', async () => {
    const served = await new SampleDashboard().serve()
    const idle = Array.from({ length: 200 }, () => idleOne(served))
    onTestFinished(() => idle.forEach(({ socket }) => socket.destroy()))
    await vi.waitFor(() => expect(closedOf(idle)).toBeGreaterThanOrEqual(72), LONG)
    await vi.waitFor(() => expect(closedOf(idle)).toBe(200), LONG)
    expect((await asked(served, '/stats/requests')).status).toBe(200)
  }, 60_000)

  test('more browsers than 32 are told so', async () => {
    const served = await new SampleDashboard().serve({ most: 3 })
    const three = await Promise.all([1, 2, 3].map(() => asked(served, '/events')))
    expect(three.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await asked(served, '/events')).status).toBe(503)
    for (const { body } of three) await body?.cancel()
    await vi.waitFor(async () => {
      const answer = await asked(served, '/events')
      await answer.body?.cancel()
      expect(answer.status).toBe(200)
    }, LONG)
  })

  test('another port when that one is taken, with a note', async () => {
    const first = await new SampleDashboard().serve()
    const second = await new SampleDashboard().serve({ port: first.port })
    expect(second.port).not.toBe(first.port)
    expect(second.notes).toEqual([`port ${first.port} is taken, so it is ${second.port}`])
  })

  test('others than this machine only when it is told to, with a warning', async () => {
    const { notes } = await new SampleDashboard().serve({ host: '0.0.0.0' })
    expect(notes).toEqual(['it listens on 0.0.0.0: whoever has the address can steer'])
  })
})

const LONG = { timeout: 30_000, interval: 50 }

interface Idle {
  readonly socket: Socket
  closed: boolean
}

function idleOne({ port }: Served): Idle {
  const idle = { socket: connect(port, '127.0.0.1'), closed: false }
  idle.socket.on('error', () => {})
  idle.socket.on('close', () => {
    idle.closed = true
  })
  return idle
}

const closedOf = (all: readonly Idle[]): number => all.filter(({ closed }) => closed).length
