import OpenAI from 'openai'
import { describe, expect, test, type WireInput } from 'vitest-perf'

const bearer = 'book-3-73ea1f22'
const messages = [{ role: 'user' as const, content: 'a story' }]
const lines = { framing: 'ndjson', token: 'text', done: 'done=true' } as const

/** Each format that the model speaks, the route of it, and what a question looks like there. */
const formats: readonly [string, string, object, WireInput][] = [
  ["OpenAI's chat", '/v1/chat/completions', { messages }, 'openai.chat'],
  ["OpenAI's responses", '/v1/responses', { input: 'a story' }, 'openai.responses'],
  ["Anthropic's messages", '/v1/messages', { messages }, 'anthropic'],
  ["Ollama's chat", '/api/chat', { messages }, 'ollama'],
  ["the AI SDK's UI messages", '/api/ui', { messages }, 'ai-sdk'],
  ['server-sent events', '/stream/sse', { prompt: 'a story' }, 'sse'],
  ['JSON in lines', '/stream/ndjson', { prompt: 'a story' }, lines],
  ['text', '/stream/text', { prompt: 'a story' }, 'text'],
]

describe('the model', () => {
  test.for(formats)('speaks %s', async ([, path, question, wire], { http }) => {
    const json = { ...question, model: 'quill', stream: true }
    const { text, ttft, ttct } = await http.extend({ bearer }).stream(path, { json, wire })
    expect(text).toMatch(/\w+ \w+/)
    // On a busy machine all of it may come at once.
    expect(ttft).toBeLessThanOrEqual(ttct ?? 0)
  })

  test('is measured through the openai client as well', async ({ load }) => {
    const run = await load({ users: 5, iterations: 20 }, async ({ fetch, url }) => {
      const openai = new OpenAI({ baseURL: url('/v1'), apiKey: bearer, fetch })
      const request = { model: 'quill', messages, stream: true } as const
      for await (const chunk of await openai.chat.completions.create(request)) void chunk
    })
    expect(run.ttft).toHaveP95Below('1s')
    expect(run).toHaveSuccessRateAbove('100%')
  })
})
