import { route, type HttpClient } from 'vitest-perf'

/** How the service streams an answer. */
const wire = { framing: 'sse', token: 'content', done: 'type=done' } as const

/** What a chat answers. */
export interface Reply {
  readonly reply: string
  readonly tokens: number
  readonly stopped: boolean
}

/** Logs in, and gives a client that sends the access token. */
export async function logIn(http: HttpClient): Promise<HttpClient> {
  const form = { username: 'admin', password: 'admin123' }
  const answer = await http.post('/api/v1/auth/login', { form, name: 'log in' })
  const { access_token: bearer } = answer.json<{ access_token?: string }>()
  if (bearer === undefined) return answer.fail('there is no access token')
  return http.extend({ prefix: '/api/v1', bearer })
}

/** One session with the chat API. */
export class ChatSession {
  readonly #api: HttpClient
  readonly #id: string

  constructor(api: HttpClient, id: string) {
    this.#api = api
    this.#id = id
  }

  static async open(api: HttpClient): Promise<ChatSession> {
    const answer = await api.post('/sessions', { expect: 201, name: 'open session' })
    return new ChatSession(api, answer.json<{ session_id: string }>().session_id)
  }

  async chat(message: string): Promise<Reply> {
    const path = route`/sessions/${this.#id}/chat`
    const answer = await this.#api.post(path, { json: { message }, name: 'chat' })
    const reply = answer.json<Reply>()
    if (reply.stopped) answer.fail('nobody asked for it to be stopped')
    return reply.reply === '' ? answer.fail('the reply is empty') : reply
  }

  /** Await it for the whole answer, or iterate it for its tokens. */
  stream(message: string, { name = 'stream', tokens }: { name?: string; tokens?: number } = {}) {
    const json = { message, max_tokens: tokens }
    return this.#api.stream(route`/sessions/${this.#id}/stream`, { json, wire, name })
  }

  /** How many answers it stopped. */
  async stop(): Promise<number> {
    const answer = await this.#api.post(route`/sessions/${this.#id}/stop`, { name: 'stop' })
    return answer.json<{ stopped: number }>().stopped
  }

  async history(): Promise<readonly { role: string; content: string }[]> {
    const answer = await this.#api.get(route`/sessions/${this.#id}/history`, { name: 'history' })
    return answer.json<{ messages: { role: string; content: string }[] }>().messages
  }
}
