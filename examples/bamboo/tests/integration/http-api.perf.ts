import { describe, expect, route, test } from 'vitest-perf'
import { turn, type Reply } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('HTTP API', () => {
  test('health endpoint', async ({ http }) => {
    const answer = await http.get('/health')
    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual({ status: 'ok' })
  })

  test('create session', async ({ http }) => {
    const created = await http.post('/api/v1/sessions', { expect: 201 })
    const { session_id: id } = created.json<{ session_id: string }>()
    const shown = await http.get(route`/api/v1/sessions/${id}`)
    expect(shown.json()).toEqual({ session_id: id, messages: 0 })
    await http.delete(route`/api/v1/sessions/${id}`, { expect: 204 })
  })

  test('create session with custom id', async ({ sessions, http }) => {
    const id = `custom-${crypto.randomUUID()}`
    const session = await sessions.open({ id })
    expect(session.id).toBe(id)
    const again = await http.post('/api/v1/sessions', { json: { session_id: id }, expect: 200 })
    expect(again.json()).toEqual({ session_id: id })
  })

  test('stream endpoint', async ({ session }) => {
    const story = await session.stream('tell me a story')
    expect(story.tokens.length).toBeGreaterThan(1)
    expect(story.text).toBe(story.tokens.join(''))
    expect(await session.history()).toEqual(turn('tell me a story', story.text))
  })

  test('history endpoint', async ({ session }) => {
    expect(await session.history()).toEqual([])
    const first = (await session.chat('hello')).json<Reply>()
    const second = (await session.chat('and again')).json<Reply>()
    const turns = [...turn('hello', first.reply), ...turn('and again', second.reply)]
    expect(await session.history()).toEqual(turns)
  })

  test('stop endpoint', async ({ session }) => {
    const tokens: string[] = []
    const slowly = { headers: { 'x-bamboo-gap': '1000' } }
    for await (const token of session.stream('tell me a long story', slowly)) {
      tokens.push(token)
      if (tokens.length > 1) continue
      const stopped = await session.stop()
      expect(stopped.json()).toEqual({ stopped: 1 })
    }
    expect(await session.history()).toEqual(turn('tell me a long story', tokens.join('')))
    expect((await session.stop()).json()).toEqual({ stopped: 0 })
  })
})
