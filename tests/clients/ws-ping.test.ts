import { expect, test } from 'vitest'
import { clientOf, failureOf, serve } from './ws-server.ts'

test('a ping frame is timed until its pong', async () => {
  await using server = await serve(() => {})
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  const times = await Promise.all([socket.ping(), socket.ping(), socket.ping()])
  for (const time of times) expect(time).toBeGreaterThan(0)
  expect(client.outcomes()).toMatchObject({ 'WS /ws ping-frame': { ok: 3 } })
})

test('a pong that never comes, comes for another ping, or to a lost socket', async () => {
  await using server = await serve(
    (socket) => {
      socket.pong('unasked')
      socket.on('message', () => socket.terminate())
    },
    { autoPong: false },
  )
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  expect(await failureOf(socket.ping({ timeout: 30 }))).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws ping-frame timed out: no pong within 30 ms"`,
  )
  const lost = failureOf(socket.ping())
  socket.send('end')
  expect(await lost).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws ping-frame found its socket closed: the connection was lost without a close frame (code 1006)"`,
  )
  expect(await failureOf(socket.ping())).toContain('found its socket closed')
  expect(client.outcomes()).toMatchObject({ 'WS /ws ping-frame': { timeout: 1, closed: 2 } })
  expect(client.caller.inFlight.size).toBe(0)
})

const MEGABYTE = new Uint8Array(2 ** 20)

test('drained waits until the service has taken what was sent', async () => {
  let stop = (): void => {}
  let go = (): void => {}
  await using server = await serve((socket) => {
    stop = () => socket.pause()
    go = () => socket.resume()
  })
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  stop()
  for (let sent = 0; sent < 16; sent++) socket.send(MEGABYTE)
  expect(socket.bufferedAmount).toBeGreaterThan(2 ** 20)
  const slow = await failureOf(socket.drained('1MiB', { timeout: 50 }))
  expect(slow.replaceAll(/\d{5,} bytes/g, '… bytes')).toMatchInlineSnapshot(
    `"WS ws://127.0.0.1:{}/ws drained timed out: … bytes have not left after 50 ms: the service reads too slowly"`,
  )
  go()
  await socket.drained('1MiB')
  expect(socket.bufferedAmount).toBeLessThanOrEqual(2 ** 20)
  await socket.drained()
  expect(socket.bufferedAmount).toBe(0)
  expect(client.outcomes()).toMatchObject({ 'WS /ws drained': { timeout: 1 } })
  expect(client.recorded().sockets.sent).toMatchObject({ count: 16, bytes: 16 * 2 ** 20 })
})

test('a drain ends with its socket', async () => {
  await using server = await serve((socket) => socket.pause())
  await using client = clientOf(server.wsUrl)
  const socket = await client.ws.connect('/ws')
  for (let sent = 0; sent < 16; sent++) socket.send(MEGABYTE)
  const draining = socket.drained()
  socket.drop()
  await expect(draining).rejects.toMatchObject({ kind: 'aborted' })
  expect(client.caller.inFlight.size).toBe(0)
})
