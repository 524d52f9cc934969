import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { Session } from '../../src/clients/session.ts'
import { sessionFromRoutes } from '../../src/clients/session-routes.ts'
import { toTimeouts, type TimeoutOptions } from '../../src/clients/timeouts.ts'
import { WsClient } from '../../src/clients/ws.ts'
import type { OutcomeKind } from '../../src/metrics/outcome.ts'
import { sendJson, until } from '../support/servers.ts'
import { CHAT, chunk } from './streams.ts'
import { createUser, type User } from './user.ts'

/** What a service does wrong, over HTTP and over a socket that is asked for a reply. */
interface Fault {
  readonly http?: (response: ServerResponse, request: IncomingMessage) => unknown
  readonly socket?: (client: WebSocket) => unknown
  readonly timeout?: TimeoutOptions
  /** The outcome; of a `fetch` where an SDK sees it otherwise. */
  readonly is: OutcomeKind
  readonly fetched?: OutcomeKind
}

const events = (response: ServerResponse, ...data: readonly unknown[]): ServerResponse => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  for (const each of data) response.write(`data: ${String(each)}\n\n`)
  return response
}
const tell = (client: WebSocket, ...types: readonly string[]): void => {
  for (const type of types) client.send(JSON.stringify({ type, content: 'a', message: 'full' }))
}
const ERROR = '{"error":{"message":"full"}}'
const [ROLE, FIRST, SECOND, DONE] = CHAT

const FAULTS: Readonly<Record<string, Fault>> = {
  'no fault at all': {
    http: (response) => events(response, ROLE, FIRST, SECOND, DONE).end(),
    socket: (client) => tell(client, 'chunk', 'chunk', 'done'),
    is: 'ok',
  },
  'an error page': {
    http: (response) => sendJson(response, { error: 'full' }, 503),
    is: 'status',
  },
  'an error event under a 200': {
    http: (response) => events(response, FIRST, ERROR).end(),
    socket: (client) => tell(client, 'chunk', 'error'),
    is: 'streamError',
  },
  'an error event, and the connection stays open': {
    http: (response) => events(response, FIRST, ERROR),
    is: 'streamError',
  },
  'a clean close without the end marker': {
    http: (response) => events(response, FIRST).end(),
    socket: (client) => {
      tell(client, 'chunk')
      client.close(1000)
    },
    is: 'truncated',
  },
  'a connection that breaks in mid-stream': {
    http: (response) => breakSoon(events(response, FIRST)),
    socket: (client) => {
      tell(client, 'chunk')
      setTimeout(() => client.terminate(), 20)
    },
    is: 'truncated',
  },
  'a connection that is reset before an answer': {
    http: (response) => response.socket?.resetAndDestroy(),
    is: 'reset',
  },
  'silence after a token': {
    http: (response) => events(response, FIRST, SECOND),
    socket: (client) => tell(client, 'chunk'),
    timeout: { stall: 60, total: '5s' },
    is: 'stalled',
  },
  'keep-alive comments after a token, and nothing else': {
    http: (response) => {
      events(response, FIRST)
      const beat = setInterval(() => response.write(': ping\n\n'), 10)
      response.once('close', () => clearInterval(beat))
    },
    timeout: { stall: 80, total: '5s' },
    is: 'stalled',
  },
  'an end marker without a token': {
    http: (response) => events(response, ROLE, DONE).end(),
    is: 'empty',
  },
  'an empty body': {
    http: (response) => events(response).end(),
    is: 'empty',
  },
  'a page instead of a stream': {
    http: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>'),
    is: 'malformed',
    // A plain answer like any other, to whoever does not ask for a stream.
    fetched: 'ok',
  },
  'no answer at all': {
    http: () => {},
    timeout: { firstByte: 400 },
    is: 'timeout',
  },
  'headers, but no token': {
    http: (response) => events(response, ROLE),
    socket: () => {},
    timeout: { firstToken: 60 },
    is: 'timeout',
  },
  'tokens without an end': {
    http: (response) => {
      events(response)
      const beat = setInterval(() => response.write(`data: ${chunk({ content: 'a' })}\n\n`), 10)
      response.once('close', () => clearInterval(beat))
    },
    socket: (client) => {
      const beat = setInterval(() => tell(client, 'chunk'), 10)
      client.once('close', () => clearInterval(beat))
    },
    timeout: { stall: '4s', total: 500 },
    is: 'timeout',
  },
}

/** Breaks a connection when what was written has left. */
const breakSoon = (response: ServerResponse): unknown =>
  setTimeout(() => response.socket?.destroy(), 20)

const faulty = async (fault: Fault) => {
  const server = createServer((request, response) => {
    if (request.url === '/sessions') sendJson(response, { id: 'one' })
    else fault.http?.(response, request)
  })
  const sockets = new WebSocketServer({ server, path: '/ws' })
  sockets.on('connection', (client) => client.on('message', () => fault.socket?.(client)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const open = new Set<object>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('error', () => {}).once('close', () => open.delete(socket))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    emptied: () =>
      until(
        () => open.size === 0,
        () => `${open.size} sockets are still open`,
      ),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}

type Read = (user: User, url: string) => Promise<unknown>

const readSession: Read = async ({ caller, http }) => {
  const routes = sessionFromRoutes({ open: 'POST /sessions', stream: 'POST /sessions/{id}/stream' })
  await new Session(caller, http, routes).stream('hello')
}
/** As an SDK reads: until the end marker or an error, in whatever pieces it comes. */
const readFetch: Read = async ({ fetch }) => {
  const response = await fetch('/stream', { headers: { accept: 'text/event-stream' } })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  let text = ''
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += Buffer.from(piece).toString()
    if (text.includes('"error"')) throw new Error('an error event')
    if (text.includes('[DONE]')) break
  }
}
const readSocket: Read = async ({ caller }, url) => {
  const ws = new WsClient(caller, { wsUrl: url })
  try {
    const socket = await ws.connect('/ws')
    await socket.stream({ type: 'chat' })
  } finally {
    await ws.close()
  }
}

const READERS: Readonly<Record<string, readonly [name: string, read: Read]>> = {
  'http.stream': ['GET /stream', ({ http }) => Promise.resolve(http.stream('/stream'))],
  'session.stream': ['stream', readSession],
  'the recorded fetch': ['GET /stream', readFetch],
  'socket.stream': ['WS /ws chat', readSocket],
}

/** Nothing of a stream outlives it: no error that nobody handles, no socket, no timer that holds the process. */
const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

describe.each(Object.entries(READERS))('%s', (reader, [name, read]) => {
  const onSockets = reader === 'socket.stream'
  const faults = Object.entries(FAULTS).filter(([, { http, socket }]) =>
    onSockets ? socket : http,
  )

  test.each(faults)('%s', async (_what, fault) => {
    await using server = await faulty(fault)
    const timeouts = toTimeouts(fault.timeout, 'timeout')
    const user = createUser(server.url, { timeouts })
    const outcome = reader === 'the recorded fetch' ? (fault.fetched ?? fault.is) : fault.is
    const [result] = await Promise.allSettled([read(user, server.url)])
    await expect.poll(() => user.outcomes()[name]).toEqual({ [outcome]: 1 })
    // An SDK is told of a connection that ended well, and of what it reads itself.
    if (reader !== 'the recorded fetch') {
      expect(result.status).toBe(outcome === 'ok' ? 'fulfilled' : 'rejected')
    }
    await user.caller.connections.close()
    expect(user.caller.inFlight.size).toBe(0)
    await server.emptied()
    const held = process.getActiveResourcesInfo().filter((each) => each === 'TCPSocketWrap')
    expect([held, unhandled]).toEqual([[], []])
  })

  test('the end of the run in mid-stream is no failure', async () => {
    let [begun, ended] = [0, false]
    await using server = await faulty({
      http: (response) => {
        events(response, FIRST)
        begun++
      },
      socket: (client) => {
        tell(client, 'chunk')
        begun++
      },
      is: 'cutOff',
    })
    const user = createUser(server.url)
    const reading = read(user, server.url)
      .catch(() => {})
      .finally(() => (ended = true))
    await until(
      () => begun === 1,
      () => 'no stream began',
    )
    expect(ended).toBe(false)
    user.caller.inFlight.abortAll('the run ended')
    await reading
    await expect.poll(() => user.outcomes()[name]).toEqual({ cutOff: 1 })
    expect(user.summary()).toMatchObject({ failed: 0, errors: [] })
    await user.caller.connections.close()
    await server.emptied()
    expect(unhandled).toEqual([])
  })
})
