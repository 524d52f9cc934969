import { expect, test } from 'vitest-perf'

test('a session survives a reconnect', async ({ session, ws }) => {
  await session.chat('hello')
  const socket = await ws.connect('/ws')
  await socket.request({ type: 'connect', session_id: session.id }, { type: 'connected' })
  socket.drop()
  await socket.reconnect()
  expect(await session.history()).toHaveLength(2)
})

test('10 users chat', async ({ load }) => {
  const run = await load({ users: 10, duration: '2s' }, async ({ session }) => {
    await session.chat('hello')
    await session.stream('tell me a story')
  })
  expect(run).toHaveSuccessRateAbove('99%')
  expect(run.request('chat')).toHaveP95Below('300ms')
  expect(run.request('stream').ttft).toHaveP95Below('5s')
  expect(run.memory).toHaveGrowthBelow('100MB')
  console.log(run.requests.map((r) => [r.name, r.count, r.latency.p95]), run.throughput, run.memory.growth, run.cpu.mean)
})
