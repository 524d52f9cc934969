import { sendEvents, type Listener } from '../support/servers.ts'

/** A chunk of an OpenAI chat completion. */
export const chunk = (delta: object): string =>
  JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta }] })

/** A whole chat completion: the role, two tokens, the end. */
export const CHAT: readonly string[] = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Hel' }),
  chunk({ content: 'lo' }),
  '[DONE]',
]

/** A service that answers everything with these events. */
export const events =
  (list: readonly string[], options?: Parameters<typeof sendEvents>[2]): Listener =>
  (_request, response) =>
    sendEvents(response, list, options)

/** The tokens of a stream, gathered by iterating it. */
export async function collect(stream: AsyncIterable<string>): Promise<string[]> {
  const tokens: string[] = []
  for await (const token of stream) tokens.push(token)
  return tokens
}
