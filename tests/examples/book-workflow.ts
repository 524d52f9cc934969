import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startBooks, type RunningBooks } from '../../examples/book-workflow/service/start.ts'
import type { BookOptions } from '../../examples/book-workflow/service/options.ts'

/** The first of `access_tokens.csv`, and another one's. */
export const TOKEN = 'book-1-60421368'
export const OTHERS_TOKEN = 'book-2-21e4ffb9'

/** Answers of four tokens, at once. */
export const QUICK: BookOptions = { firstToken: 2, tokenGap: 1, tokens: 4, jitter: 0, prefill: 0 }

export const quickBooks = (options: BookOptions = {}): Promise<RunningBooks> =>
  startBooks({ ...QUICK, ...options })

/** What each route of the model takes for a question, and how the answer is streamed. */
export const QUESTIONS = [
  ['openai.chat', '/v1/chat/completions', { messages: [{ role: 'user', content: 'a story' }] }],
  ['openai.responses', '/v1/responses', { input: 'a story' }],
  ['anthropic', '/v1/messages', { messages: [{ role: 'user', content: 'a story' }] }],
  ['ollama', '/api/chat', { messages: [{ role: 'user', content: 'a story' }] }],
  ['ai-sdk', '/api/ui', { messages: [{ role: 'user', parts: [{ text: 'a story' }] }] }],
  ['sse', '/stream/sse', { prompt: 'a story' }],
  ['ndjson', '/stream/ndjson', { prompt: 'a story' }],
  ['text', '/stream/text', { prompt: 'a story' }],
] as const

const MAIN = join(import.meta.dirname, '../../examples/book-workflow/service/main.ts')

/** The service as a process of its own. */
export interface BooksProcess {
  readonly url: string
  /** Ends it; gives the exit code and the signal. */
  stop(): Promise<unknown[]>
}

export async function booksProcess(
  environment: Readonly<Record<string, string>>,
): Promise<BooksProcess> {
  const env = { ...process.env, PORT: '0', ...environment }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const stop = (): Promise<unknown[]> => {
    child.kill('SIGTERM')
    return exited
  }
  return { url: line.replace('listening on ', ''), stop }
}
