import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'

/** An answer of the main process that goes on. */
export interface LongAnswer<T> {
  /** Line by line; ends when the main process has no more to say, or is gone. */
  readonly lines: AsyncIterable<T>
  /** Hangs up. */
  close(): void
}

/** Asks the main process something, and waits for as long as it takes. @throws when it is gone */
export async function askMain<T>(
  socketPath: string,
  path: string,
  question: unknown,
): Promise<LongAnswer<T>> {
  const response = await post(socketPath, path, JSON.stringify(question))
  const lines = createInterface({ input: response, crlfDelay: Infinity })
  // Both end in silence when the main process is gone: what is missing then is noticed by who waits for it.
  response.on('error', () => {})
  lines.on('error', () => {})
  return { lines: parsed<T>(lines), close: () => void response.destroy() }
}

const post = (socketPath: string, path: string, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: 'POST' }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })

async function* parsed<T>(lines: AsyncIterable<string>): AsyncGenerator<T> {
  try {
    for await (const line of lines) yield JSON.parse(line) as T
  } catch {
    // It has hung up, or is gone: that is the end of what it says.
    return
  }
}
