import type { Perf } from 'vitest-perf'

/** What a chat answers. */
export interface Reply {
  readonly reply: string
  readonly tokens: number
}

/** A question and its answer as the history keeps them. */
export const turn = (question: string, answer: unknown): object[] => [
  { role: 'user', content: question },
  { role: 'assistant', content: answer },
]

/** A socket on a session; without an id on a new one. */
export async function join(ws: Perf['ws'], id?: string) {
  const socket = await ws.connect('/ws')
  await socket.request({ type: 'connect', session_id: id }, { type: 'connected' })
  return socket
}
