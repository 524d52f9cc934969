import type { ServerResponse } from 'node:http'
import type { Cut } from './faults.ts'
import type { Reply } from '../../services/speech.ts'

export interface StreamOptions {
  readonly id: string
  readonly model: string
  readonly cut: Cut | undefined
  /** Tokens of the prompt, when the client wants the usage at the end. */
  readonly promptTokens: number | undefined
}

/**
 * Sends a reply as server-sent events in OpenAI's chat completion chunks: the role at once, a chunk
 * per token, the finish reason, the usage if asked for, `[DONE]`. The reply stops when the client
 * leaves.
 */
export async function sendStream(
  response: ServerResponse,
  options: StreamOptions,
  begin: (onToken: (token: string) => void) => Reply,
): Promise<void> {
  const { cut } = options
  const chunks = chunksOf(options)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(chunks.delta('"role":"assistant","content":""'))
  let sent = 0
  const reply = begin((token) => {
    sent += 1
    response.write(chunks.delta(`"content":${JSON.stringify(token)}`))
    if (sent === cut?.after) reply.stop()
  })
  response.once('close', reply.stop)
  if (cut?.after === 0) reply.stop()
  await reply.ended
  if (cut !== undefined && sent >= cut.after) return breakOff(response, cut)
  response.end(chunks.ending(sent))
}

/** `destroySoon` sends what was written and closes the socket, the body still unfinished. */
function breakOff(response: ServerResponse, { clean }: Cut): void {
  if (clean) response.end()
  else response.socket?.destroySoon()
}

interface Chunks {
  /** `fields` is JSON without its braces. */
  delta(fields: string): string
  ending(sent: number): string
}

/** All but the delta is the same in every chunk of a stream, so it is made only once. */
function chunksOf({ id, model, promptTokens }: StreamOptions): Chunks {
  const created = Math.floor(Date.now() / 1000)
  const common = JSON.stringify({ id, object: 'chat.completion.chunk', created, model })
  const head = `data: ${common.slice(0, -1)}`
  const start = `${head},"choices":[{"index":0,"delta":{`
  return {
    delta: (fields) => `${start}${fields}},"finish_reason":null}]}\n\n`,
    ending: (sent) => {
      const usage = promptTokens === undefined ? undefined : usageOf(promptTokens, sent)
      const last = usage && `${head},"choices":[],"usage":${JSON.stringify(usage)}}\n\n`
      return `${start}},"finish_reason":"stop"}]}\n\n${last ?? ''}data: [DONE]\n\n`
    },
  }
}

export function usageOf(promptTokens: number, completionTokens: number): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}

/** Words stand for tokens, as they do in the replies. */
export function countTokens(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length
}
