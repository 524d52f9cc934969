import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { bambooSession, loadEnvironment } from '../support/load-environment.ts'
import { sendEvents, sendJson, serve } from '../support/servers.ts'
import { serve as serveSockets } from './ws-server.ts'

/** The tags of each request that a user made, by name. */
async function tagsOf(scenario: Scenario): Promise<Readonly<Record<string, readonly string[]>>> {
  await using server = await serve(({ url }, response) =>
    url?.endsWith('/stream') === true
      ? sendEvents(response, ['hello', '[DONE]'])
      : sendJson(response, { session_id: 'one' }),
  )
  const environment = loadEnvironment({ baseUrl: server.url, session: bambooSession })
  const run = await runLoad({ users: 1, iterations: 2 }, scenario, environment)
  return Object.fromEntries(run.requests.map(({ name, tags }) => [name, tags]))
}

test('a request has the tags of its calls', async () => {
  const tags = await tagsOf(async ({ http }) => {
    await http.get('/plain')
    await http.get('/read', { tags: ['read', 'api'] })
    await http.get('/query', { query: { q: 1 }, tags: ['read'] })
    await http.post('/named', { name: 'checkout', tags: ['write'] })
    await http.stream('/stream', { tags: ['llm'] })
  })
  expect(tags).toEqual({
    'GET /plain': [],
    'GET /read': ['read', 'api'],
    'GET /query': ['read'],
    checkout: ['write'],
    'GET /stream': ['llm'],
  })
})

test('the tags of calls under one name are put together', async () => {
  const tags = await tagsOf(async ({ http, iteration }) => {
    await http.get('/a')
    await http.get('/a', { tags: ['first'] })
    if (iteration === 1) await http.get('/a', { tags: ['second', 'first'] })
  })
  expect(tags).toEqual({ 'GET /a': ['first', 'second'] })
})

test('a client gives its tags to every call, beside their own', async () => {
  const tags = await tagsOf(async ({ http }) => {
    const api = http.extend({ tags: ['api'] }).extend({ prefix: '/v1', tags: ['v1'] })
    await api.get('/a')
    await api.get('/b', { tags: ['read'] })
    await api.stream('/stream')
  })
  expect(tags).toEqual({
    'GET /v1/a': ['api', 'v1'],
    'GET /v1/b': ['api', 'v1', 'read'],
    'GET /v1/stream': ['api', 'v1'],
  })
})

test('so have the operations of a session', async () => {
  const tags = await tagsOf(async ({ session }) => {
    await session.chat('hello', { tags: ['talk'] })
    await session.stop({ tags: ['short'] })
  })
  expect(tags).toEqual({ open: [], chat: ['talk'], stop: ['short'] })
})

test('and what is done on a socket', async () => {
  await using server = await serveSockets((socket) => {
    socket.on('message', () => socket.send('{"type":"pong","done":true}'))
  })
  const run = await runLoad(
    { users: 1, iterations: 1 },
    async ({ ws }) => {
      const socket = await ws.extend({ tags: ['live'] }).connect('/ws', { tags: ['chat'] })
      await socket.request({ type: 'ping' })
      await socket.request({ type: 'pong' }, undefined, { tags: ['round-trip'] })
      await socket.stream({ type: 'story' }, { done: 'done', tags: ['llm'] })
    },
    loadEnvironment({ wsUrl: server.wsUrl }),
  )
  expect(run.requests.map(({ name, tags }) => [name, tags])).toEqual([
    ['WS /ws', ['live', 'chat']],
    ['WS /ws ping', ['live', 'chat']],
    ['WS /ws pong', ['live', 'chat', 'round-trip']],
    ['WS /ws story', ['live', 'chat', 'llm']],
  ])
})

describe('what is no list of words is refused', () => {
  test.each(['read', ['#read'], [''], ['two words'], [1], ['a*']])('%j', async (tags) => {
    const call: Scenario = ({ http }) => http.get('/', { tags: tags as string[] })
    await expect(tagsOf(call)).rejects.toThrow(
      "http.get.tags must be a list of words like ['read', 'api'], without #, got",
    )
  })
})
