import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { TOKEN } from '../examples/book-workflow.ts'

type Fetch = typeof globalThis.fetch
type Headers = Readonly<Record<string, string>>

/** A real client of a model, given a `fetch`. */
export interface Sdk {
  readonly name: string
  readonly path: string
  /** What it sends, for clients that are none of its own. */
  readonly question: object
  /** Makes a client, which asks for a story and gives its tokens as it hands them out. */
  connect(url: string, fetch: Fetch, headers?: Headers): () => AsyncGenerator<string>
}

const messages = [{ role: 'user' as const, content: 'a story' }]
const chat = { model: 'quill', messages, stream: true } as const

const openaiOf = (url: string, fetch: Fetch, defaultHeaders: Headers = {}): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: TOKEN, fetch, maxRetries: 0, defaultHeaders })

export const SDKS: readonly Sdk[] = [
  {
    name: 'openai, chat completions',
    path: '/v1/chat/completions',
    question: chat,
    connect(url, fetch, headers) {
      const { chat: api } = openaiOf(url, fetch, headers)
      return async function* () {
        for await (const { choices } of await api.completions.create(chat)) {
          if (choices[0]?.delta.content) yield choices[0].delta.content
        }
      }
    },
  },
  {
    name: 'openai, responses',
    path: '/v1/responses',
    question: { model: 'quill', input: 'a story', stream: true },
    connect(url, fetch, headers) {
      const { responses } = openaiOf(url, fetch, headers)
      const request = { model: 'quill', input: 'a story', stream: true } as const
      return async function* () {
        for await (const event of await responses.create(request)) {
          if (event.type === 'response.output_text.delta') yield event.delta
        }
      }
    },
  },
  {
    name: '@anthropic-ai/sdk',
    path: '/v1/messages',
    question: { ...chat, max_tokens: 100 },
    connect(url, fetch, defaultHeaders = {}) {
      const options = { baseURL: url, apiKey: TOKEN, fetch, maxRetries: 0, defaultHeaders }
      const { messages: api } = new Anthropic(options)
      return async function* () {
        for await (const event of await api.create({ ...chat, max_tokens: 100 })) {
          if (event.type !== 'content_block_delta') continue
          if (event.delta.type === 'text_delta') yield event.delta.text
        }
      }
    },
  },
  {
    name: 'ollama',
    path: '/api/chat',
    question: chat,
    connect(url, fetch, given) {
      const headers = { authorization: `Bearer ${TOKEN}`, ...given }
      const ollama = new Ollama({ host: url, fetch, headers })
      return async function* () {
        const parts = await ollama.chat(chat)
        try {
          for await (const { message } of parts) if (message.content !== '') yield message.content
        } finally {
          // Leaving its loop does not end the request; only this does.
          parts.abort()
        }
      }
    },
  },
]

/** A stream to its end, as tokens. */
export async function tellAll(tokens: AsyncIterable<string>): Promise<string[]> {
  const said: string[] = []
  for await (const token of tokens) said.push(token)
  return said
}
