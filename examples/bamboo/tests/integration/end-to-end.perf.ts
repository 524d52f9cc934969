import { describe, expect, route, test } from 'vitest-perf'
import { join, turn, type Reply } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('end to end', () => {
  test('complete conversation over HTTP', async ({ http, session }) => {
    expect((await http.get('/health')).json()).toEqual({ status: 'ok' })
    const hello = (await session.chat('hello')).json<Reply>()
    const story = await session.stream('tell me a story')
    const thanks = (await session.chat('thank you')).json<Reply>()
    expect(await session.history()).toEqual([
      ...turn('hello', hello.reply),
      ...turn('tell me a story', story.text),
      ...turn('thank you', thanks.reply),
    ])
    const { id } = session
    await session.close()
    await http.get(route`/api/v1/sessions/${id}/history`, { expect: 404 })
  })

  test('complete conversation over WebSocket', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    const turns: object[] = []
    for (const question of ['hello', 'tell me a story', 'thank you']) {
      const { text } = await socket.stream({ type: 'chat', message: question })
      turns.push(...turn(question, text))
    }
    await socket.close()
    expect(await session.history()).toEqual(turns)
  })
})
