import { describe, expect, route, test } from 'vitest-perf'
import { join, turn } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('error recovery', () => {
  test('stream not found', async ({ http }) => {
    const stream = http.stream(route`/api/v1/sessions/${'nobody'}/stream`, {
      json: { message: 'hello' },
      wire: 'openai.chat',
    })
    await expect(stream).rejects.toMatchObject({ kind: 'status', status: 404 })
  })

  test('invalid JSON payload', async ({ http, session }) => {
    const path = route`/api/v1/sessions/${session.id}/chat`
    const refusal = await http.post(path, { body: '{ not json', expect: 400 })
    expect(refusal.json()).toMatchObject({ error: { message: 'invalid JSON' } })
    await session.chat('hello')
    expect(await session.history()).toHaveLength(2)
  })

  test('WebSocket reconnect after a disconnect', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    const before = await socket.stream({ type: 'chat', message: 'hello' })
    socket.drop()
    expect(socket.connected).toBe(false)

    await socket.reconnect()
    await socket.request({ type: 'connect', session_id: session.id }, { type: 'connected' })
    const after = await socket.stream({ type: 'chat', message: 'me again' })
    const turns = [...turn('hello', before.text), ...turn('me again', after.text)]
    expect(await session.history()).toEqual(turns)
  })

  test('graceful degradation under load', async ({ load, session }) => {
    const slow = { 'x-bamboo-delay': '100' }
    const failing = { ...slow, 'x-bamboo-fail': '503' }
    const run = await load({ users: 20, iterations: 200 }, ({ session, iteration }) =>
      session.chat('hello', { headers: iteration % 5 === 4 ? failing : slow }),
    )
    expect(run.iterations).toHaveSuccessRateAbove('70%')
    // Who was turned away was told so: nobody waited in vain or lost the connection.
    expect(run.outcomes).toEqual({ ok: run.ok, status: run.failed })

    await session.chat('are you well again?')
    expect(await session.history()).toHaveLength(2)
  })
})
