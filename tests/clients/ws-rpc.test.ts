import { expect, test } from 'vitest'
import { same } from '../../src/clients/socket-same.ts'
import { clientOf, failureOf, serve } from './ws-server.ts'

interface Call {
  readonly id: number
  readonly params: number
}

/** JSON-RPC that answers `double` calls in batches of `every`, the last one first. */
const doubler = (every: number): ReturnType<typeof serve> => {
  const calls: Call[] = []
  return serve((client) => {
    client.on('message', (data: Buffer) => {
      calls.push(JSON.parse(data.toString()) as Call)
      if (calls.length < every) return
      for (const { id, params } of calls.splice(0).toReversed()) {
        client.send(JSON.stringify({ jsonrpc: '2.0', method: 'progress', params: id }))
        client.send(JSON.stringify({ jsonrpc: '2.0', id, result: params * 2 }))
      }
    })
  })
}

const call = (id: number | string): object => ({ jsonrpc: '2.0', id, method: 'double', params: id })

test('answers out of order find their requests by id', async () => {
  await using server = await doubler(100)
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/rpc')
  const ids = Array.from({ length: 100 }, (_, id) => id)
  const answers = await Promise.all(
    ids.map((id) => socket.request<{ result: number }>(call(id), same('id'))),
  )
  expect(answers.map(({ result }) => result)).toEqual(ids.map((id) => 2 * id))
  expect(client.outcomes()).toEqual({ 'WS /rpc': { ok: 1 }, 'WS /rpc double': { ok: 100 } })
  expect(socket.discard({ method: 'progress' })).toBe(100)
  expect(socket.discard()).toBe(0)
})

test('an id may be text, and lie deeper', async () => {
  await using server = await serve((socket) => {
    socket.on('message', () => {
      for (const id of ['a', 'b']) socket.send(JSON.stringify({ meta: { id }, of: id }))
    })
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/')
  const answer = await socket.request({ type: 'x', meta: { id: 'b' } }, same('meta.id'))
  expect(answer).toEqual({ meta: { id: 'b' }, of: 'b' })
  expect(await socket.receive()).toEqual({ meta: { id: 'a' }, of: 'a' })
})

test('what can never be matched is told; an answer in vain says which', async () => {
  await using server = await serve((socket) => {
    socket.on('message', () => socket.send(JSON.stringify({ id: 8 })))
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/rpc')
  expect(await failureOf(socket.request({ type: 'x' }, same('id')))).toMatchInlineSnapshot(
    `"same('id') must be of a request that has text or a number there, got { type: 'x' }"`,
  )
  const first = failureOf(socket.request(call(7), same('id'), { timeout: 500 }))
  expect(await failureOf(socket.request(call(7), same('id')))).toMatchInlineSnapshot(
    `"another request whose id is 7 waits for its answer: give each its own"`,
  )
  expect(await first).toMatchInlineSnapshot(`
    "WS ws://127.0.0.1:{}/rpc double timed out: no message whose id is 7 within 500 ms
    1 arrived on this socket so far, the last:
      {"id":8}"
  `)
  expect(client.caller.inFlight.size).toBe(0)
})
