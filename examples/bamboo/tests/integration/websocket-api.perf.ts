import { describe, expect, test } from 'vitest-perf'
import { join } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('WebSocket API', () => {
  test('connection', async ({ ws }) => {
    const socket = await ws.connect('/ws')
    expect(await socket.request({ type: 'ping' }, { type: 'pong' })).toEqual({ type: 'pong' })
    await socket.close()
    expect(await socket.closed).toMatchObject({ code: 1000, by: 'us' })
  })

  test('connect message', async ({ session, ws }) => {
    const socket = await ws.connect('/ws')
    const known = { type: 'connect', session_id: session.id }
    const connected = { type: 'connected', session_id: session.id }
    expect(await socket.request(known)).toEqual(connected)

    const other = await ws.connect('/ws')
    const fresh = { type: 'connected', session_id: expect.any(String) }
    expect(await other.request({ type: 'connect' })).toEqual(fresh)
  })

  test('chat message', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    socket.send({ type: 'chat', message: 'hello' })
    const messages: { type: string; content: string }[] = []
    while (messages.at(-1)?.type !== 'done') messages.push(await socket.receive())

    const done = messages.pop()
    const text = messages.map((chunk) => chunk.content).join('')
    expect(done).toMatchObject({ type: 'done', content: text, session_id: session.id })
    expect(messages.every((chunk) => chunk.type === 'chunk')).toBe(true)
  })

  test('chat without connect', async ({ ws }) => {
    const socket = await ws.connect('/ws')
    const refusal = await socket.request({ type: 'chat', message: 'hello' })
    expect(refusal).toEqual({
      type: 'error',
      status: 400,
      error: expect.stringContaining('not connected'),
    })
    await socket.request({ type: 'connect' }, { type: 'connected' })
    await socket.stream({ type: 'chat', message: 'hello' })
  })
})
