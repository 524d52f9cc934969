import { describe, expect, test } from 'vitest-perf'
import { join, turn, type Reply } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('HTTP and WebSocket together', () => {
  test('create via HTTP, chat via WebSocket', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    const { text } = await socket.stream({ type: 'chat', message: 'hello' })
    expect(await session.history()).toEqual(turn('hello', text))
  })

  test('parallel HTTP and WebSocket usage', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    const [chat, stream] = await Promise.all([
      session.chat('over HTTP'),
      socket.stream({ type: 'chat', message: 'over WebSocket' }),
    ])
    const { reply } = chat.json<Reply>()
    const both = [...turn('over HTTP', reply), ...turn('over WebSocket', stream.text)]
    const history = await session.history()
    expect(history).toHaveLength(4)
    expect(history).toEqual(expect.arrayContaining(both))
  })
})
