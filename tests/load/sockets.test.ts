import { setTimeout as after } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'
import type { Socket } from '../../src/clients/socket.ts'
import { toTimeouts } from '../../src/clients/timeouts.ts'
import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { serve } from '../clients/ws-server.ts'
import { loadEnvironment } from '../support/load-environment.ts'

const load = (wsUrl: string, options: LoadOptions, workload: Workload): Promise<LoadRun> =>
  runLoad(options, workload, loadEnvironment({ wsUrl, timeouts: toTimeouts(300, 'timeout') }))

/** TCP connections of this process, both ends of those to its own servers. */
const connections = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length

async function echo(): Promise<
  AsyncDisposable & { wsUrl: string; seen: { now: number; most: number; all: number } }
> {
  const seen = { now: 0, most: 0, all: 0 }
  const server = await serve((socket) => {
    seen.all++
    seen.most = Math.max(seen.most, ++seen.now)
    socket.on('close', () => seen.now--)
    socket.on('message', (data: Buffer) => socket.send(data.toString()))
  })
  const { wsUrl } = server
  return { wsUrl, seen, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('a socket for each user: opened at its start, kept over iterations, closed at its end', async () => {
  await using server = await echo()
  const before = connections()
  const user = defineUser(
    {
      name: 'chatter',
      onStart: async ({ ws }) => ({ socket: await ws.connect('/ws') }),
    },
    { say: ({ state }) => state.socket.request({ type: 'say', text: 'hello' }) },
  )
  const run = await load(server.wsUrl, { users: 20, iterations: 400 }, [user])
  expect(run.request('WS /ws')).toMatchObject({ ok: 20, failed: 0 })
  expect(run.request('WS /ws say')).toMatchObject({ ok: 400, failed: 0 })
  expect(run.sockets).toMatchObject({
    opened: 20,
    sent: { count: 400, bytes: 400 * '{"type":"say","text":"hello"}'.length },
    received: { count: 400 },
  })
  expect(server.seen).toMatchObject({ all: 20, most: 20 })
  await expect.poll(() => server.seen.now).toBe(0)
  await expect.poll(connections).toBe(before)
})

test('opened at first use it lives just as long', async () => {
  await using server = await echo()
  const run = await load(server.wsUrl, { users: 5, iterations: 50 }, async ({ ws, state }) => {
    const socket = (state.socket ??= await ws.connect('/ws')) as Socket
    await socket.request('hello', 'hello')
  })
  expect(run.sockets.opened).toBe(5)
  expect(server.seen.all).toBe(5)
  await expect.poll(() => server.seen.now).toBe(0)
})

/** What a service may do wrong, by what it is asked. */
const FAULTS: Readonly<Record<string, (socket: WebSocket) => void>> = {
  closed: (socket) => socket.close(1011, 'internal error'),
  lost: (socket) => socket.terminate(),
  silent: () => {},
  nonsense: (socket) => {
    // A text frame whose bytes are no UTF-8: ws gives the connection up with 1007.
    socket.send(Buffer.from([0xff, 0xfe]), { binary: false })
  },
  streamError: (socket) => socket.send('{"type":"error","message":"overloaded"}'),
  cut: (socket) => {
    socket.send('{"type":"chunk","content":"a"}')
    socket.close(1001)
  },
}

test('each fault of a socket lands in its outcome, nothing hangs and nothing is left', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): unknown => unhandled.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  const before = connections()
  {
    await using server = await serve(
      (socket) => socket.on('message', (data: Buffer) => FAULTS[data.toString()]?.(socket)),
      {
        verifyClient: ({ req }, accept) => {
          if (req.url !== '/mute') accept(req.url !== '/refused', 503)
          // Never answered; half open, it would stay when the client has left.
          else req.socket.resume().on('end', () => req.socket.destroy())
        },
      },
    )
    const faults = [...Object.keys(FAULTS), 'mute', 'refused']
    const run = await load(
      server.wsUrl,
      { users: faults.length, iterations: faults.length * 3, gracefulStop: '5s' },
      async ({ ws, user }) => {
        const fault = faults[user] ?? ''
        const socket = await ws.connect(`/${fault}`)
        const streams = fault === 'streamError' || fault === 'cut'
        await (streams ? socket.stream(fault) : socket.request(fault))
      },
    )
    const outcomes = run.requests
      .filter(({ failed }) => failed > 0)
      .map(({ name, outcomes: of }) => [name, Object.keys(of)] as const)
    expect(Object.fromEntries(outcomes)).toEqual({
      'WS /closed request': ['closed'],
      'WS /lost request': ['closed'],
      'WS /silent request': ['timeout'],
      'WS /nonsense request': ['closed'],
      'WS /streamError stream': ['streamError'],
      'WS /cut stream': ['truncated'],
      'WS /mute': ['timeout'],
      'WS /refused': ['status'],
    })
    expect(run.iterations.failed).toBe(run.iterations.count)
    expect(run.ownFailures).toBe(0)
  }
  await expect.poll(connections).toBe(before)
  expect(unhandled).toEqual([])
})

test('the end of a run cuts off what waits on sockets, and closes them', async () => {
  await using server = await echo()
  const before = connections()
  const run = await load(
    server.wsUrl,
    { users: 5, duration: 200, gracefulStop: 50 },
    async ({ ws, random }) => {
      const socket = await ws.connect('/ws', { reconnect: true })
      await Promise.all([socket.receive('never'), socket.measure('push', 'never')])
      await after(random() * 10)
    },
  )
  expect(run.request('push').outcomes).toEqual({ cutOff: 5 })
  expect(run.errors).toEqual([])
  await expect.poll(() => server.seen.now).toBe(0)
  await expect.poll(connections).toBe(before)
})
