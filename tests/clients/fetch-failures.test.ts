import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { toTimeouts } from '../../src/clients/timeouts.ts'
import { deadUrl, echo, serve, serveBytes } from '../support/servers.ts'
import { createUser } from './user.ts'

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

/** The error that a fetch fails with, and what caused it. */
async function failureOf(call: Promise<unknown>): Promise<{ name: string; cause: unknown }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error || error instanceof DOMException) {
      return { name: error.name, cause: error.cause }
    }
    throw error
  }
  throw new Error('the fetch went well')
}

describe('abort', () => {
  test.each(['before the answer', 'in the body'])('%s is aborted, no failure', async (when) => {
    await using server = await serve((_request, response) => {
      if (when === 'in the body') response.write('begun')
    })
    await using user = createUser(server.url)
    const control = new AbortController()
    const reading = failureOf(
      user.fetch('/', { signal: control.signal }).then((response) => response.text()),
    )
    await sleep(40)
    control.abort()
    expect((await reading).name).toBe('AbortError')
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { aborted: 1 } })
    expect(user.summary().errors).toEqual([])
    expect(user.caller.tally.failed).toBe(0)
    await server.emptied()
  })

  test('by the signal of a Request too, even when nobody holds the Request any more', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const control = new AbortController()
    const call = failureOf(user.fetch(new Request(`${server.url}/`, { signal: control.signal })))
    await sleep(40)
    collectGarbage()
    await sleep(10)
    control.abort()
    expect((await call).name).toBe('AbortError')
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { aborted: 1 } })
  })

  test('that came before the call sends nothing', async () => {
    await using server = await serve(echo)
    await using user = createUser(server.url)
    const call = failureOf(user.fetch('/', { signal: AbortSignal.abort() }))
    expect((await call).name).toBe('AbortError')
    expect([server.accepted, user.outcomes()]).toEqual([0, {}])
  })

  test('by a timeout of its own is a timeout', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const call = failureOf(user.fetch('/', { signal: AbortSignal.timeout(40) }))
    expect((await call).name).toBe('TimeoutError')
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { timeout: 1 } })
  })

  test('of a body that nobody wants any more', async () => {
    await using server = await serve((_request, response) => response.write('begun'))
    await using user = createUser(server.url)
    const { body } = await user.fetch('/')
    await body?.cancel()
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { aborted: 1 } })
    await server.emptied()
  })

  test('while it waits for a connection', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const control = new AbortController()
    const calls = Array.from({ length: 8 }, () =>
      failureOf(user.fetch('/', { signal: control.signal })),
    )
    await sleep(40)
    control.abort()
    await Promise.all(calls)
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /': { aborted: 8 } })
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('by the end of the run', async () => {
    await using server = await serve(() => {})
    await using user = createUser(server.url)
    const call = failureOf(user.fetch('/'))
    await sleep(30)
    user.caller.inFlight.abortAll('the run ended')
    expect((await call).cause).toMatchObject({ message: 'the run ended' })
    expect(user.outcomes()).toEqual({ 'GET /': { cutOff: 1 } })
  })
})

describe('a failure rejects as fetch does, and is recorded once', () => {
  test('refused', async () => {
    await using user = createUser(await deadUrl())
    const error = await failureOf(user.fetch('/'))
    expect(error).toMatchObject({ name: 'TypeError', cause: { code: 'ECONNREFUSED' } })
    expect(user.outcomes()).toEqual({ 'GET /': { refused: 1 } })
    expect(user.caller.tally.failed).toBe(1)
  })

  test('reset', async () => {
    await using server = await serve(({ socket }) => socket.resetAndDestroy())
    await using user = createUser(server.url)
    expect((await failureOf(user.fetch('/', { method: 'POST', body: 'x' }))).name).toBe('TypeError')
    expect(user.outcomes()).toEqual({ 'POST /': { reset: 1 } })
  })

  test('truncated', async () => {
    const bytes = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'
    await using server = await serveBytes(bytes, (socket) => socket.end())
    await using user = createUser(server.url)
    const response = await user.fetch('/')
    expect((await failureOf(response.text())).name).toBe('TypeError')
    expect(user.outcomes()).toEqual({ 'GET /': { truncated: 1 } })
  })

  test.each([
    ['before the first byte', false, { firstByte: 60 }],
    ['in the body', true, '100ms'],
  ] as const)('timeout %s', async (_when, begun, timeout) => {
    await using server = await serve((_request, response) => begun && response.write('begun'))
    await using user = createUser(server.url, { timeouts: toTimeouts(timeout, 'timeout') })
    const reading = user.fetch('/').then((response) => response.text())
    expect((await failureOf(reading)).name).toBe('TypeError')
    expect(user.outcomes()).toEqual({ 'GET /': { timeout: 1 } })
    await server.emptied()
  })
})
