import { describe, expect, test } from 'vitest-perf'
import { join, turn, type Reply } from '../bamboo.ts'
import { integration } from '../switches.ts'

const five = [1, 2, 3, 4, 5]

describe.runIf(integration)('several clients', () => {
  test('several WebSocket clients on the same session', async ({ session, ws }) => {
    const asking = await join(ws, session.id)
    const listening = await Promise.all(five.map(() => join(ws, session.id)))
    const { text } = await asking.stream({ type: 'chat', message: 'hello' })
    for (const socket of listening) {
      const done = { type: 'done', content: text, session_id: session.id }
      expect(await socket.receive({ type: 'done' })).toMatchObject(done)
    }
    expect(await session.history()).toEqual(turn('hello', text))
  })

  test('concurrent HTTP requests', async ({ sessions }) => {
    const opened = await Promise.all(five.map(() => sessions.open()))
    expect(new Set(opened.map(({ id }) => id)).size).toBe(5)
    const answers = await Promise.all(opened.map((session) => session.chat(`I am ${session.id}`)))
    for (const [index, session] of opened.entries()) {
      const reply = answers[index]?.json<Reply>().reply
      expect(await session.history()).toEqual(turn(`I am ${session.id}`, reply))
    }
  })
})
