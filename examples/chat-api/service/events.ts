import type { ServerResponse } from 'node:http'
import type { Reply } from '../../services/speech.ts'

/**
 * Sends a reply as server-sent events: `{"type":"token","content":"…"}` for each token, and at the
 * end `{"type":"done","tokens":16,"stopped":false}`. The reply stops when the client leaves.
 */
export async function sendEvents(
  response: ServerResponse,
  begin: (onToken: (token: string) => void) => Reply,
): Promise<void> {
  const send = (event: object): boolean => response.write(`data: ${JSON.stringify(event)}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  const reply = begin((content) => send({ type: 'token', content }))
  response.once('close', reply.stop)
  const { tokens, stopped } = await reply.ended
  send({ type: 'done', tokens, stopped })
  response.end()
}
