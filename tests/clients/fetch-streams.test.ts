import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { sendEvents, serve } from '../support/servers.ts'
import { createUser } from './user.ts'

const chunk = (content: string): string => JSON.stringify({ choices: [{ delta: { content } }] })

describe('server-sent events', () => {
  test('are timed by their tokens, and given on as they came', async () => {
    await using server = await serve((_request, response) =>
      sendEvents(response, [chunk(''), chunk('Hel'), chunk('lo'), '[DONE]'], { gap: 30 }),
    )
    await using user = createUser(server.url)
    const body = await (await user.fetch('/chat')).text()
    expect(body.match(/^data: /gm)).toHaveLength(4)
    const [chat] = user.summary().requests
    expect(chat).toMatchObject({ ok: 1, ttft: { count: 1 }, ttct: { count: 1 }, gap: { count: 1 } })
    expect(chat?.ttft.min).toBeGreaterThan(50)
    expect(chat?.ttct.min).toBeGreaterThan(chat?.ttft.min ?? Infinity)
  })

  test.each<readonly [string, readonly string[], string]>([
    ['cut off before the end marker', [chunk('a')], 'truncated'],
    ['with an error in it', [chunk('a'), '{"error":{"message":"full"}}'], 'streamError'],
    ['of somebody else, ended by a close', ['a', 'b'], 'ok'],
  ])('%s are recorded as such; the reader reads on', async (_what, data, outcome) => {
    await using server = await serve((_request, response) => sendEvents(response, data))
    await using user = createUser(server.url)
    const body = await (await user.fetch('/chat')).text()
    expect(body).toBe(data.map((each) => `data: ${each}\n\n`).join(''))
    expect(user.outcomes()).toEqual({ 'GET /chat': { [outcome]: 1 } })
  })

  test('JSON in lines is timed by its tokens too', async () => {
    const lines = ['{"response":"a","done":false}\n', '{"done":true,"eval_count":1}\n']
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(lines.join(''))
    })
    await using user = createUser(server.url)
    expect(await (await user.fetch('/api/generate')).text()).toBe(lines.join(''))
    expect(user.summary().requests).toMatchObject([{ ok: 1, ttft: { count: 1 } }])
  })

  test('of an error status are an error page like any other', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/event-stream' }).end('data: no\n\n')
    })
    await using user = createUser(server.url)
    expect(await (await user.fetch('/chat')).text()).toBe('data: no\n\n')
    expect(user.outcomes()).toEqual({ 'GET /chat': { status: 1 } })
  })

  const ASKING: readonly (readonly [string, string, RequestInit | undefined])[] = [
    ['by accept', 'identity', { headers: { accept: 'text/event-stream' } }],
    ['by accept of lines', 'identity', { headers: [['Accept', 'application/x-ndjson']] }],
    ['by "stream" in the body', 'identity', { method: 'POST', body: '{"stream": true}' }],
    ['not at all', 'gzip, deflate', undefined],
    [
      'but say what they take',
      'gzip',
      { headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip' } },
    ],
  ]

  test.each(ASKING)('asked for %s come as %s', async (_how, coding, init) => {
    const stream = `data: ${chunk('a')}\n\ndata: [DONE]\n\n`
    await using server = await serve(({ headers }, response) => {
      const zipped = headers['accept-encoding']?.includes('gzip') === true
      const type = { 'content-type': 'text/event-stream', 'x-asked': headers['accept-encoding'] }
      response.writeHead(200, zipped ? { ...type, 'content-encoding': 'gzip' } : type)
      response.end(zipped ? gzipSync(stream) : stream)
    })
    await using user = createUser(server.url)
    const response = await user.fetch('/chat', init)
    expect(await response.text()).toBe(stream)
    expect(response.headers.get('x-asked')).toContain(coding)
    const count = coding === 'identity' ? 1 : 0
    expect(user.summary().requests).toMatchObject([{ ok: 1, ttft: { count } }])
  })

  test('that are compressed are recorded without the times of tokens', async () => {
    await using server = await serve((_request, response) => {
      const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }
      response.writeHead(200, headers).end(gzipSync(`data: ${chunk('a')}\n\ndata: [DONE]\n\n`))
    })
    await using user = createUser(server.url)
    expect(await (await user.fetch('/chat')).text()).toContain('[DONE]')
    expect(user.summary().requests).toMatchObject([{ ok: 1, ttft: { count: 0 } }])
  })

  test.each([
    ['HEAD', 200],
    ['GET', 204],
  ])('none are expected of %s answered %d', async (method, status) => {
    await using server = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/event-stream' }).end()
    })
    await using user = createUser(server.url)
    await user.fetch('/chat', { method })
    expect(user.outcomes()).toEqual({ [`${method} /chat`]: { ok: 1 } })
  })

  test.each([
    ['after the end marker', [chunk('a'), '[DONE]'], 'ok'],
    ['before it', [chunk('a')], 'aborted'],
  ])('left by their reader %s, with the connection still open', async (_when, data, outcome) => {
    await using server = await serve((_request, response) =>
      sendEvents(response, data, { end: false }),
    )
    await using user = createUser(server.url)
    const reader = (await user.fetch('/chat')).body?.getReader()
    await reader?.read()
    if (outcome === 'ok') await expect.poll(() => user.summary().ok).toBe(1)
    await reader?.cancel()
    await expect.poll(() => user.outcomes()).toEqual({ 'GET /chat': { [outcome]: 1 } })
    await server.emptied()
  })
})
