import { defineUser, expect } from 'vitest-perf'
import { ChatSession, logIn } from './chat-api.ts'
import { full } from './switches.ts'

/** So many that the answer is still running when it is stopped. */
const LONG = 1_000

/** Logs in, opens a session, and then chats, streams, and now and then stops what is running. */
export const chatUser = defineUser(
  {
    name: 'chat user',
    thinkTime: full ? ['1s', '3s'] : ['50ms', '250ms'],
    onStart: async ({ http }) => ({ session: await ChatSession.open(await logIn(http)) }),
  },
  {
    chat: { weight: 3, run: ({ state: { session } }) => session.chat('hello') },
    stream: {
      weight: 2,
      run: async ({ state: { session } }) => {
        const { text } = await session.stream('tell me a story')
        expect(text).not.toBe('')
      },
    },
    stop: { weight: 1, run: ({ state: { session } }) => stopWhatRuns(session) },
  },
)

/** Its first token shows that the answer is running; only then it is stopped. */
async function stopWhatRuns(session: ChatSession): Promise<void> {
  const story = session.stream('a long story', { name: 'stream to stop', tokens: LONG })
  let tokens = 0
  for await (const _ of story) {
    tokens += 1
    if (tokens === 1) expect(await session.stop()).toBe(1)
  }
  expect(tokens).toBeLessThan(LONG)
}
