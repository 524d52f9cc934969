import { expect, test } from 'vitest'
import { startBamboo } from '../../examples/bamboo/service/start.ts'
import type { Socket } from '../../src/clients/socket.ts'
import { clientOf, failureOf, parrot, serve, type Client } from './ws-server.ts'

const CHAT = { type: 'chat', message: 'hello' }

async function chatting(client: Client, headers: Record<string, string> = {}): Promise<Socket> {
  const socket = await client.ws.connect('/ws', { headers })
  await socket.request({ type: 'connect', session_id: 's1' }, { type: 'connected' })
  return socket
}

test('a chat is read token by token and timed', async () => {
  await using bamboo = await startBamboo({ firstToken: 20, tokenGap: 20, tokens: 6 })
  await using client = clientOf(bamboo.wsUrl)
  const socket = await chatting(client)
  const stream = socket.stream(CHAT)
  const tokens: string[] = []
  for await (const token of stream) tokens.push(token)
  const { text, ttft, ttct, gaps, status } = await stream
  expect(tokens).toHaveLength(6)
  expect(text).toBe(tokens.join(''))
  expect(status).toBe(101)
  expect(ttft).toBeGreaterThan(15)
  expect(ttct).toBeGreaterThan(ttft ?? Infinity)
  // On a busy machine several tokens come in one read, but not all of a tenth of a second.
  expect(gaps.length).toBeGreaterThan(0)
  expect(gaps.length).toBeLessThan(6)
  const chat = client.recorded().operations.find(({ name }) => name === 'WS /ws chat')
  expect(chat).toMatchObject({ outcomes: { ok: 1 }, ttft: { count: 1 }, ttct: { count: 1 } })
  expect(chat?.gap.count).toBe(gaps.length)
})

test('what is no part of the stream goes to others', async () => {
  await using bamboo = await startBamboo({ firstToken: 5, tokenGap: 20, tokens: 50 })
  await using client = clientOf(bamboo.wsUrl)
  const socket = await chatting(client)
  const stream = socket.stream(CHAT)
  await socket.request({ type: 'stop' }, { type: 'stopped' })
  expect((await stream).tokens.length).toBeLessThan(50)
})

test('a socket that ends before the end marker cuts the stream off', async () => {
  await using bamboo = await startBamboo({ firstToken: 2, tokenGap: 1, tokens: 9 })
  await using client = clientOf(bamboo.wsUrl)
  const lost = await chatting(client, { 'x-bamboo-cut': '3' })
  expect(await failureOf(lost.stream(CHAT))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws chat was cut off in the middle of the answer: the connection was lost without a close frame (code 1006)"`,
  )
  const closed = await chatting(client, { 'x-bamboo-cut': '3,clean' })
  expect(await failureOf(closed.stream(CHAT))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws chat was cut off in the middle of the answer: the service closed it with code 1001 (asked for with x-bamboo-cut)"`,
  )
  expect(client.outcomes()).toMatchObject({ 'WS /ws chat': { truncated: 2 } })
  expect(client.recorded().operations.at(-1)?.streamFailures).toBe(2)
})

test('an error message inside the stream fails it', async () => {
  await using bamboo = await startBamboo()
  await using client = clientOf(bamboo.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await failureOf(socket.stream(CHAT))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws chat got an error in the stream: not connected: send {"type":"connect","session_id":"…"} first"`,
  )
  expect(client.outcomes()).toMatchObject({ 'WS /ws chat': { streamError: 1 } })
})

test.each([
  [
    'paths',
    { token: 'delta.text', done: 'end' },
    [{ delta: { text: 'a' } }, { end: false }, { end: true }],
    'a',
  ],
  ['bare text', { done: '[DONE]' }, ['a', 'b', '[DONE]'], 'ab'],
  ['a field of a number', { done: 'code=0' }, ['a', { code: 1 }, { code: 0 }], 'a'],
  ['no token at all', {}, [{ type: 'done', content: 'all' }], ''],
])('reads %s', async (_what, paths, say, text) => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  expect(await socket.stream({ say }, paths).text()).toBe(text)
})

test('reasoning, tools and the service’s own count are told apart from text', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const say = [
    { think: 'hm' },
    { text: 'a' },
    { call: '{"x":1}' },
    { text: 'b' },
    { type: 'done', total: 7 },
  ]
  const paths = { token: 'text', reasoning: 'think', tool: 'call', usage: 'total' }
  const { text, tokens, reasoning, tool, counted, usage, ttft, ttfo, tpot } = await socket.stream(
    { type: 'chat', say },
    paths,
  )
  expect({ text, tokens, reasoning, tool, counted, usage }).toEqual({
    text: 'ab',
    tokens: ['a', 'b'],
    reasoning: 'hm',
    tool: '{"x":1}',
    counted: { count: 7, source: 'usage' },
    usage: { output: 7, input: undefined, reasoning: undefined },
  })
  expect(ttfo).toBeGreaterThanOrEqual(ttft ?? Infinity)
  expect(tpot).toBeGreaterThanOrEqual(0)
  const chat = client.recorded().operations.find(({ name }) => name === 'WS /ws chat')
  expect(chat).toMatchObject({ ttft: { count: 1 }, ttct: { count: 1 } })
})

test('a function may read the messages', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const read = (message: unknown) => ({ text: String(message), done: message === 'b' })
  const { tokens, gaps } = await socket.stream({ say: ['a', 'b', 'c'] }, { read, name: 'say' })
  expect(tokens).toEqual(['a', 'b'])
  expect(gaps.length).toBeLessThanOrEqual(1)
  expect(await socket.receive()).toBe('c')
  expect(() => socket.stream({}, { read, token: 'x' })).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: stream takes either read, or token: the one replaces the other]`,
  )
})

test('a wire by name reads what an LLM service writes, a message for each of its events', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const chunk = (delta: object) => ({ choices: [{ delta }] })
  const usage = { prompt_tokens: 3, completion_tokens: 2 }
  const say = [
    chunk({ reasoning_content: 'hm' }),
    chunk({ content: 'Hel' }),
    chunk({ content: 'lo' }),
    { choices: [], usage },
    '[DONE]',
  ]
  const { text, reasoning, counted } = await socket.stream({ say }, { wire: 'openai.chat' })
  expect({ text, reasoning, counted }).toEqual({
    text: 'Hello',
    reasoning: 'hm',
    counted: { count: 2, source: 'usage' },
  })
  const own = { say: [{ type: 'chunk', content: 'a' }, { type: 'done' }] }
  expect((await socket.stream(own, { wire: 'ws' })).tokens).toEqual(['a'])
})

test('a wire of bytes is none of a socket, and a wire takes no paths', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  // @ts-expect-error -- the bytes of a message are framed already
  expect(() => socket.stream({}, { wire: 'sse' })).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: stream.wire "sse" is none of a socket; known: "ws", "openai.chat", "openai.responses", "anthropic", "ollama", "ai-sdk"]`,
  )
  expect(() =>
    socket.stream({}, { wire: 'anthropic', done: 'x' }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: stream takes either wire, or done: the one replaces the other]`,
  )
})

test('reasoning, tools and usage are told apart, and counted as in every stream', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const say = [
    { type: 'chunk', thought: 'hm' },
    { type: 'chunk', content: 'Hel' },
    { type: 'chunk', content: 'lo' },
    { type: 'chunk', call: '{}' },
    { type: 'done', usage: { output_tokens: 12 } },
  ]
  const paths = { reasoning: 'thought', tool: 'call', usage: 'usage.output_tokens' }
  const result = await socket.stream({ type: 'chat', say }, paths)
  expect(result).toMatchObject({
    text: 'Hello',
    tokens: ['Hel', 'lo'],
    reasoning: 'hm',
    tool: '{}',
    counted: { count: 12, source: 'usage' },
    usage: { output: 12 },
  })
  expect(result.ttfo).toBeGreaterThanOrEqual(result.ttft ?? Infinity)
  const chat = client.recorded().operations.find(({ name }) => name === 'WS /ws chat')
  expect(chat).toMatchObject({ ttfo: { count: 1 }, tokens: { count: 12, chunks: 4 } })
})

test('leaving the loop aborts the stream; the socket stands and keeps the rest', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const stream = socket.stream({ type: 'chat', say: [{ type: 'chunk', content: 'a' }] })
  for await (const token of stream) {
    expect(token).toBe('a')
    break
  }
  await expect(stream.text()).rejects.toMatchObject({ kind: 'aborted' })
  expect(await socket.request({ say: ['still here'] })).toBe('still here')
  expect(client.outcomes()).toMatchObject({ 'WS /ws chat': { aborted: 1 } })
})

test('a stream without an end times out, and says what came', async () => {
  await using server = await serve(parrot)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const stream = socket.stream({ say: [{ type: 'end' }] }, { timeout: 20 })
  expect(await failureOf(stream)).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/ws stream timed out: no end of the stream within 20 ms
    1 arrived on this socket so far, the last:
      {"type":"end"}"
  `)
})
