import { describe, expect, test } from 'vitest-perf'
import { join, turn, type Reply } from '../bamboo.ts'
import { integration } from '../switches.ts'

describe.runIf(integration)('session persistence', () => {
  test('a session persists after a disconnect', async ({ session, ws }) => {
    const socket = await join(ws, session.id)
    const { text } = await socket.stream({ type: 'chat', message: 'hello' })
    socket.send({ type: 'chat', message: 'are you there?' })
    socket.drop()

    // The answer that nobody hears is finished and kept all the same.
    await expect.poll(() => session.history(), { timeout: 10_000 }).toHaveLength(4)
    const unheard = turn('are you there?', expect.any(String))
    expect(await session.history()).toEqual([...turn('hello', text), ...unheard])
  })

  test('an HTTP session persists', async ({ session, sessions }) => {
    const { reply } = (await session.chat('hello')).json<Reply>()
    const same = await sessions.open({ id: session.id })
    expect(await same.history()).toEqual(turn('hello', reply))
  })
})
