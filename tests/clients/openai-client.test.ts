import OpenAI, { APIConnectionTimeoutError, BadRequestError } from 'openai'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startBamboo, type BambooService } from '../../examples/bamboo/service/start.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { createUser, type User } from './user.ts'

const COMPLETION = 'POST /v1/chat/completions'
const QUESTION = {
  model: 'bamboo',
  messages: [{ role: 'user' as const, content: 'tell me a story' }],
}

let bamboo: BambooService
beforeAll(async () => {
  bamboo = await startBamboo({ firstToken: 60, tokenGap: 10, tokens: 8 })
})
afterAll(() => bamboo.close())

type Fetch = typeof globalThis.fetch

const clientOf = (fetch: Fetch, headers: Record<string, string> = {}): OpenAI =>
  new OpenAI({
    baseURL: `${bamboo.url}/v1`,
    apiKey: 'test',
    fetch,
    maxRetries: 0,
    defaultHeaders: headers,
  })
const requestOf = (user: User) => user.summary().requests[0]

async function storyOf(openai: OpenAI): Promise<string[]> {
  const tokens: string[] = []
  for await (const { choices } of await openai.chat.completions.create({
    ...QUESTION,
    stream: true,
  })) {
    const token = choices[0]?.delta.content ?? ''
    if (token !== '') tokens.push(token)
  }
  return tokens
}

describe('the openai client, given fetch', () => {
  test('gets a whole answer', async () => {
    await using user = createUser(bamboo.url)
    const { choices } = await clientOf(user.fetch).chat.completions.create(QUESTION)
    expect(choices[0]?.message.content).toMatch(/\w/)
    expect(requestOf(user)).toMatchObject({ name: COMPLETION, ok: 1, ttft: { count: 0 } })
  })

  test('streams, with the times of its tokens', async () => {
    await using user = createUser(bamboo.url)
    expect(await storyOf(clientOf(user.fetch))).toHaveLength(8)
    const completion = requestOf(user)
    expect(completion).toMatchObject({ ok: 1, failed: 0, ttft: { count: 1 }, ttct: { count: 1 } })
    expect(completion?.ttft.min).toBeGreaterThan(50)
    expect(completion?.ttct.min).toBeGreaterThan(Math.max(completion?.ttft.min ?? Infinity, 120))
  })

  test('keeps its connection from stream to stream', async () => {
    await using user = createUser(bamboo.url)
    const openai = clientOf(user.fetch)
    for (let turn = 0; turn < 3; turn++) await storyOf(openai)
    expect(user.outcomes()).toEqual({ [COMPLETION]: { ok: 3 } })
    expect(user.caller.inFlight.size).toBe(0)
  })

  test('lists models, page by page', async () => {
    await using user = createUser(bamboo.url)
    const models: string[] = []
    for await (const { id } of clientOf(user.fetch).models.list()) models.push(id)
    expect(models).toEqual(['bamboo'])
    expect(user.outcomes()).toEqual({ 'GET /v1/models': { ok: 1 } })
  })

  test('may leave a stream early', async () => {
    await using user = createUser(bamboo.url)
    const stream = await clientOf(user.fetch).chat.completions.create({ ...QUESTION, stream: true })
    for await (const { choices } of stream) if (choices[0]?.delta.content) break
    await expect.poll(() => user.outcomes()).toEqual({ [COMPLETION]: { aborted: 1 } })
    expect(user.caller.tally.failed).toBe(0)
  })

  test('gets errors as its own, recorded once for each try', async () => {
    await using user = createUser(bamboo.url)
    const openai = clientOf(user.fetch)
    const failing = openai.chat.completions.create({ ...QUESTION, messages: [] })
    await expect(failing).rejects.toThrow(BadRequestError)
    const retried = openai.chat.completions.create({ ...QUESTION, messages: [] }, { maxRetries: 2 })
    await expect(retried).rejects.toThrow('messages must be a non-empty array')
    expect(user.outcomes()).toEqual({ [COMPLETION]: { status: 2 } })
    expect(user.summary().errors).toMatchObject([{ kind: 'status', first: { status: 400 } }])
  })

  test('a stream that is cut off is recorded as such, whatever the client says', async () => {
    await using user = createUser(bamboo.url)
    await expect(storyOf(clientOf(user.fetch, { 'x-bamboo-cut': '3' }))).rejects.toThrow(
      'terminated',
    )
    // A tidy end without [DONE] passes for a whole answer in the client.
    expect(await storyOf(clientOf(user.fetch, { 'x-bamboo-cut': '3,clean' }))).toHaveLength(3)
    expect(user.outcomes()).toEqual({ [COMPLETION]: { truncated: 2 } })
  })

  test('gives up by its own timeout', async () => {
    await using user = createUser(bamboo.url)
    const call = clientOf(user.fetch).chat.completions.create(QUESTION, { timeout: 30 })
    await expect(call).rejects.toThrow(APIConnectionTimeoutError)
    await expect.poll(() => user.summary().aborted).toBe(1)
  })
})

describe('under a load of 20 users', () => {
  test('every completion is recorded with its first token', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const run = await runLoad(
      { users: 20, iterations: 60 },
      async ({ fetch }) => {
        expect(await storyOf(clientOf(fetch))).toHaveLength(8)
      },
      loadEnvironment({ baseUrl: bamboo.url }),
    )
    process.off('unhandledRejection', unhandled)
    expect(run.request(COMPLETION)).toMatchObject({
      count: 60,
      ok: 60,
      ttft: { count: 60 },
      ttct: { count: 60 },
    })
    expect(run.request(COMPLETION).ttft.min).toBeGreaterThan(50)
    expect(run.iterations).toMatchObject({ ok: 60, failed: 0 })
    expect(run.errors).toEqual([])
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('and cut off by its end: each once, and nothing is left unhandled', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const run = await runLoad(
      { users: 20, duration: 200, gracefulStop: 20 },
      ({ fetch }) => storyOf(clientOf(fetch)),
      loadEnvironment({ baseUrl: bamboo.url }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.off('unhandledRejection', unhandled)
    const completion = run.request(COMPLETION)
    expect(completion.failed).toBe(0)
    expect(completion.ok + completion.aborted).toBe(run.iterations.ok + run.iterations.aborted)
    expect(completion.aborted).toBeGreaterThan(0)
    expect(run.errors).toEqual([])
    expect(unhandled).not.toHaveBeenCalled()
  })
})
