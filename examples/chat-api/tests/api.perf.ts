import { describe, expect, test } from 'vitest-perf'
import { ChatSession, logIn } from './chat-api.ts'

describe('API', () => {
  test('the service is healthy', async ({ http }) => {
    expect((await http.get('/health')).json()).toEqual({ status: 'healthy' })
  })

  test('a wrong password is refused', async ({ http }) => {
    const form = { username: 'admin', password: 'admin' }
    await http.post('/api/v1/auth/login', { form, expect: 401 })
  })

  test('nothing goes without an access token', async ({ http }) => {
    await http.post('/api/v1/sessions', { expect: 401 })
  })

  test('a session keeps what was said, in one answer or streamed', async ({ http }) => {
    const session = await ChatSession.open(await logIn(http))
    const { reply } = await session.chat('hello')
    const { text } = await session.stream('tell me a story')
    expect(await session.history()).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: reply },
      { role: 'user', content: 'tell me a story' },
      { role: 'assistant', content: text },
    ])
  })

  test('a stop ends the answer that is running, and only that', async ({ http }) => {
    const session = await ChatSession.open(await logIn(http))
    const tokens: string[] = []
    for await (const token of session.stream('a long story', { tokens: 1_000 })) {
      tokens.push(token)
      if (tokens.length === 1) expect(await session.stop()).toBe(1)
    }
    const [, answer] = await session.history()
    expect(answer?.content).toBe(tokens.join(''))
    expect(tokens.length).toBeLessThan(1_000)
    expect(await session.stop()).toBe(0)
  })
})
