import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { toConnectionMode } from '../../src/clients/connection-mode.ts'
import { Connections } from '../../src/clients/connections.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { deadUrl, sendJson, serve, serveTcp, until, type Listener } from '../support/servers.ts'
import { createUser, failureOf } from './user.ts'

/** Answers `/slow` after 60 ms, `/stream` with an event and no end, all else at once. */
const service: Listener = async ({ url }, response) => {
  if (url === '/slow') await sleep(60)
  if (url !== '/stream') return sendJson(response, {})
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: a\n\n')
}

describe('perUser', () => {
  test('one connection serves call after call', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    for (let call = 0; call < 5; call++) await user.http.get('/')
    expect(server.accepted).toBe(1)
  })

  test('twenty calls at once use six connections', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    await Promise.all(Array.from({ length: 20 }, () => user.http.get('/slow')))
    expect(server.accepted).toBe(6)
    expect(user.outcomes()).toEqual({ 'GET /slow': { ok: 20 } })
  })

  test('six to each origin: waiting for one never holds up another', async () => {
    await using one = await serve(service)
    await using other = await serve(service)
    await using user = createUser(one.url)
    const slow = Array.from({ length: 12 }, () => user.http.get('/slow'))
    await user.http.get(`${other.url}/`)
    expect(user.outcomes()).toMatchObject({ 'GET /': { ok: 1 } })
    await Promise.all(slow)
    expect([one.accepted, other.accepted]).toEqual([6, 1])
  })

  test('a call never queues behind open streams, which are none of the six', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    const streams = Array.from({ length: 8 }, () => user.http.stream('/stream'))
    await Promise.all(streams.map((stream) => stream[Symbol.asyncIterator]().next()))
    await Promise.all(Array.from({ length: 6 }, () => user.http.get('/slow')))
    expect(server.accepted).toBe(14)
    for (const stream of streams) stream.cancel()
  })

  test('nor behind streams that are read through fetch', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    const streams = await Promise.all(Array.from({ length: 6 }, () => user.fetch('/stream')))
    expect((await user.http.get('/', { timeout: '1s' })).status).toBe(200)
    await Promise.all(streams.map(async ({ body }) => body?.cancel()))
  })

  test('a call that has waited in vain leaves its place to the next', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    const slow = Array.from({ length: 6 }, () => user.http.get('/slow'))
    const hasty = failureOf(user.http.get('/hasty', { timeout: '20ms' }))
    const patient = user.http.get('/patient')
    expect((await hasty).kind).toBe('timeout')
    expect((await patient).status).toBe(200)
    await Promise.all(slow)
    expect(server.accepted).toBe(6)
  })

  test('a connection that broke is not used again', async () => {
    await using server = await serve(({ url, socket }, response) => {
      if (url === '/break') socket.destroy()
      else response.end()
    })
    await using user = createUser(server.url)
    await user.http.get('/')
    await failureOf(user.http.get('/break'))
    expect((await user.http.get('/')).status).toBe(200)
    expect(server.accepted).toBe(2)
  })

  test('an unexpected status keeps its connection', async () => {
    await using server = await serve((_request, response) => sendJson(response, {}, 500))
    await using user = createUser(server.url)
    for (let call = 0; call < 3; call++) await failureOf(user.http.get('/'))
    expect(server.accepted).toBe(1)
  })
})

test('perRequest: a new connection for each call, none is left', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url, { connection: 'perRequest' })
  for (let call = 0; call < 4; call++) await user.http.get('/')
  expect(server.accepted).toBe(4)
  await server.emptied()
})

test('shared: users take whichever connection is idle', async () => {
  await using server = await serve(service)
  const connections = new Connections('shared')
  const users = Array.from({ length: 10 }, () => createUser(server.url, { connections }))
  for (const user of users) await user.http.get('/')
  expect(server.accepted).toBe(1)
  await Promise.all(users.map((user) => user.http.get('/slow')))
  expect(server.accepted).toBe(10)
  await connections.close()
  await server.emptied()
})

describe('a connection that is opened ahead', () => {
  const EMPTY = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
  const now = (): number => performance.now()

  test('serves the first call', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    await user.caller.connections.open(server.url, now)
    await until(
      () => server.accepted === 1,
      () => 'none was opened',
    )
    for (let call = 0; call < 3; call++) await user.http.get('/')
    expect(server.accepted).toBe(1)
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 3 } })
  })

  test('is replaced when the service has closed it, or said something unasked', async () => {
    const unasked = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n'
    for (const end of [
      (socket: Socket) => socket.destroy(),
      (socket: Socket) => socket.end(unasked),
    ]) {
      await using server = await serveTcp((socket, nth) => {
        if (nth === 1) end(socket)
        else socket.on('data', () => socket.write(EMPTY))
      })
      await using user = createUser(server.url)
      await user.caller.connections.open(server.url, now)
      await sleep(50)
      expect((await user.http.get('/')).status).toBe(200)
      expect(server.accepted).toBe(2)
    }
  })

  test('that cannot be opened is left to the first call, which says why', async () => {
    const url = await deadUrl()
    await using user = createUser(url)
    await user.caller.connections.open(url, now)
    expect((await failureOf(user.http.get('/'))).kind).toBe('refused')
  })

  test('is closed with the others, also while it is being opened', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    const { connections } = user.caller
    await connections.open(server.url, now)
    const opening = connections.open(server.url, now)
    await connections.close()
    await opening
    await server.emptied()
    expect(server.open).toBe(0)
  })

  test('may be one of many that are shared', async () => {
    await using server = await serve(service)
    const connections = new Connections('shared')
    await Promise.all([1, 2, 3].map(() => connections.open(server.url, now)))
    await using user = createUser(server.url, { connections })
    await Promise.all([1, 2, 3].map(() => user.http.get('/slow')))
    expect(server.accepted).toBe(3)
    await connections.close()
    await server.emptied()
  })
})

describe('close', () => {
  test('leaves no socket, idle, busy or still connecting', async () => {
    await using server = await serve(service)
    await using user = createUser(server.url)
    await Promise.all([user.http.get('/'), user.http.get('/')])
    const stream = failureOf(user.http.stream('/stream'))
    const calls = Array.from({ length: 9 }, () => failureOf(user.http.get('/slow')))
    await sleep(20)
    await user.caller.connections.close()
    expect((await stream).kind).toBe('cutOff')
    expect((await Promise.all(calls)).map(({ kind }) => kind)).toEqual(Array(9).fill('cutOff'))
    expect(user.caller.inFlight.size).toBe(0)
    await server.emptied()
  })

  test('a call afterwards is a mistake, and records nothing', async () => {
    await using server = await serve(service)
    const user = createUser(server.url)
    await user.http.get('/')
    await user.caller.connections.close()
    await expect(user.http.get('/')).rejects.toThrow(UsageError)
    await expect(user.http.get('/')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: this client is closed: its test or virtual user has ended]`,
    )
    expect(user.outcomes()).toEqual({ 'GET /': { ok: 1 } })
    expect(user.caller.inFlight.size).toBe(0)
  })
})

test('toConnectionMode knows three modes', () => {
  expect(toConnectionMode('shared', 'load.connection')).toBe('shared')
  expect(() => toConnectionMode('pool', 'load.connection')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: load.connection must be 'perUser' or 'shared' or 'perRequest', got "pool"]`,
  )
})
