import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningBooks } from '../../examples/book-workflow/service/start.ts'
import { createUser, failureOf, type User } from '../clients/user.ts'
import { QUESTIONS, quickBooks, TOKEN } from './book-workflow.ts'

let service: RunningBooks
beforeAll(async () => {
  service = await quickBooks()
})
afterAll(() => service.close())

/** A stream of four tokens, whose usage is asked for. */
function ask(user: User, path: string, question: object, headers: Record<string, string> = {}) {
  const json = { ...question, stream: true, stream_options: { include_usage: true } }
  return user.http.extend({ bearer: TOKEN }).stream(path, { json, headers })
}

const PATHS = new Map<string, { framing: 'ndjson'; token: string; done: string; error: string }>([
  ['ndjson', { framing: 'ndjson', token: 'text', done: 'done=true', error: 'error' }],
])

/** The wire by its name, or where the service has a format of its own, by its paths. */
const wireOf = (name: (typeof QUESTIONS)[number][0]) => PATHS.get(name) ?? name

describe('each format is read by the wire of its name', () => {
  test.each(QUESTIONS)('%s at %s', async (name, path, question) => {
    await using user = createUser(service.url)
    const json = { ...question, stream: true, stream_options: { include_usage: true } }
    const http = user.http.extend({ bearer: TOKEN })
    const { text, ttft, ttct } = await http.stream(path, { json, wire: wireOf(name) })
    expect(text.split(' ')).toHaveLength(4)
    expect(ttft).toBeLessThanOrEqual(ttct ?? 0)
  })

  test.each(QUESTIONS.slice(0, 5))(
    '%s is recognised, with its usage',
    async (_, path, question) => {
      await using user = createUser(service.url)
      const { text, usage, counted } = await ask(user, path, question)
      expect(text.split(' ')).toHaveLength(4)
      expect(usage).toMatchObject({ input: 2, output: 4 })
      expect(counted).toEqual({ count: 4, source: 'usage' })
    },
  )
})

describe('trouble by header', () => {
  test.each([
    [{ 'x-book-fail': '503' }, 'status'],
    [{ 'x-book-cut': '2' }, 'truncated'],
    [{ 'x-book-tidy': '2' }, 'truncated'],
    [{ 'x-book-error': '2' }, 'streamError'],
    [{ 'x-book-malformed': '1' }, 'malformed'],
    [{ 'x-book-empty': '1' }, 'empty'],
  ])('%o is %s on every wire with an end marker', async (headers, outcome) => {
    for (const [name, path, question] of QUESTIONS.slice(0, 5)) {
      await using user = createUser(service.url)
      await failureOf(ask(user, path, question, headers))
      expect(user.outcomes(), name).toEqual({ [`POST ${path}`]: { [outcome]: 1 } })
    }
  })

  test('a stall is told from an answer that is long, with what was said before it', async () => {
    await using user = createUser(service.url)
    const http = user.http.extend({ bearer: TOKEN, headers: { 'x-book-stall': '2' } })
    const [, path, json] = QUESTIONS[0]
    const tokens: string[] = []
    const stream = http.stream(path, { json: { ...json, stream: true }, timeout: { stall: 200 } })
    await failureOf(
      (async () => {
        for await (const token of stream) tokens.push(token)
      })(),
    )
    expect(tokens).toHaveLength(2)
    expect(user.outcomes()).toEqual({ [`POST ${path}`]: { stalled: 1 } })
  })

  test('a buffered answer comes whole at its end', async () => {
    await using user = createUser(service.url)
    const [, path, question] = QUESTIONS[0]
    const headers = { 'x-book-buffered': '1', 'x-book-first-token': '30', 'x-book-tokens': '20' }
    const { tokens, gaps, ttft } = await ask(user, path, question, headers)
    expect(tokens).toHaveLength(20)
    expect(gaps).toEqual([])
    expect(ttft).toBeGreaterThan(40)
    expect(user.summary().requests[0]?.tokens).toMatchObject({ buffered: { count: 1, of: 1 } })
  })

  test.each([
    ['x-book-cut', 'soon'],
    ['x-book-fail', '200'],
    ['x-book-tokens', '0'],
  ])('%s: %s is refused', async (name, value) => {
    const headers = { [name]: value, authorization: `Bearer ${TOKEN}` }
    const body = '{"prompt":"a story"}'
    const answer = await fetch(`${service.url}/stream/sse`, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining(`${name} must be`) },
    })
  })
})

const messages = [{ role: 'user' as const, content: 'a story' }]

describe('the real clients read it', () => {
  test('openai: chat, streamed and whole', async () => {
    const openai = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: TOKEN })
    const request = { model: 'quill', messages }
    const said: string[] = []
    const options = { include_usage: true }
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of await openai.chat.completions.create({
      ...request,
      stream: true,
      stream_options: options,
    })) {
      if (chunk.choices[0]?.delta.content) said.push(chunk.choices[0].delta.content)
      usage = chunk.usage ?? usage
    }
    expect(said).toHaveLength(4)
    expect(usage).toEqual({ prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 })
    const whole = await openai.chat.completions.create(request)
    expect(whole.choices[0]?.message.content).toBe(said.join(''))
  })

  test('openai: responses, streamed and whole', async () => {
    const openai = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: TOKEN })
    const request = { model: 'quill', input: 'a story' }
    const stream = openai.responses.stream(request)
    const said: string[] = []
    stream.on('response.output_text.delta', ({ delta }) => said.push(delta))
    const final = await stream.finalResponse()
    expect(said).toHaveLength(4)
    expect(final).toMatchObject({ status: 'completed', output_text: said.join('') })
    expect(final.usage).toMatchObject({ input_tokens: 2, output_tokens: 4 })
    expect((await openai.responses.create(request)).output_text).toBe(said.join(''))
  })

  test('@anthropic-ai/sdk: messages, streamed and whole', async () => {
    const anthropic = new Anthropic({ baseURL: service.url, apiKey: TOKEN })
    const request = { model: 'quill', max_tokens: 100, messages }
    const said: string[] = []
    const stream = anthropic.messages.stream(request).on('text', (text) => said.push(text))
    const final = await stream.finalMessage()
    expect(said).toHaveLength(4)
    expect(final).toMatchObject({
      content: [{ type: 'text', text: said.join('') }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 2, output_tokens: 4 },
    })
    const whole = await anthropic.messages.create(request)
    expect(whole.content).toMatchObject([{ type: 'text', text: said.join('') }])
  })

  test('ollama: chat, streamed and whole', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const ollama = new Ollama({ host: service.url, headers })
    const said: string[] = []
    let last: unknown
    for await (const part of await ollama.chat({ model: 'quill', messages, stream: true })) {
      if (part.message.content !== '') said.push(part.message.content)
      last = part
    }
    expect(said).toHaveLength(4)
    expect(last).toMatchObject({ done: true, prompt_eval_count: 2, eval_count: 4 })
    const whole = await ollama.chat({ model: 'quill', messages })
    expect(whole.message.content).toBe(said.join(''))
  })
})
