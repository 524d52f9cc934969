import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createCaller } from '../../src/clients/caller.ts'
import { HttpClient } from '../../src/clients/http.ts'
import { Session } from '../../src/clients/session.ts'
import { sessionFromRoutes } from '../../src/clients/session-routes.ts'
import { toTimeouts, type TimeoutOptions } from '../../src/clients/timeouts.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize, type RequestSummary } from '../../src/metrics/summary.ts'
import { sendJson, serve, type TestServer } from '../support/servers.ts'
import { CHAT } from './streams.ts'
import { failureOf } from './user.ts'

/** What a service does with a stream that it is asked to stop. */
type OnStop = (stream: ServerResponse) => unknown

const END = 'data: [DONE]\n\n'

/** A service whose streams say `Hel`, and then what `onStop` does. */
const serveStops = (onStop: OnStop, status = 200): Promise<TestServer> => {
  let stream: ServerResponse | undefined
  let asked = false
  return serve(({ url, method }, response) => {
    if (method === 'DELETE' || url === '/s') return sendJson(response, { id: 'one' })
    if (url === '/s/one/stop') {
      asked = true
      if (stream !== undefined) onStop(stream)
      return sendJson(response, {}, status)
    }
    stream = response.writeHead(200, { 'content-type': 'text/event-stream' })
    stream.flushHeaders()
    if (url === '/s/one/stream') response.write(`data: ${CHAT[1]}\n\n`)
    if (asked) onStop(stream)
  })
}

const ROUTES = { open: 'POST /s', stop: 'POST /s/{id}/stop', close: 'DELETE /s/{id}' }

interface Talk extends AsyncDisposable {
  readonly session: Session
  requests(): Record<string, RequestSummary>
  readonly underWay: () => number
}

async function talkTo(baseUrl: string, timeout?: TimeoutOptions, path = 'stream'): Promise<Talk> {
  const recorder = new Recorder(performance.now())
  const timeouts = toTimeouts(timeout, 'timeout')
  const caller = createCaller({ recording: { current: recorder }, timeouts })
  const http = new HttpClient(caller, { baseUrl, prefix: '', headers: {} })
  const routes = sessionFromRoutes({ ...ROUTES, stream: `POST /s/{id}/${path}` })
  const session = new Session(caller, http, routes)
  await session.open()
  const requests = () => {
    const summary = summarize(recorder.data(performance.now()), 1_000)
    return Object.fromEntries(summary.requests.map((request) => [request.name, request]))
  }
  const underWay = () => caller.inFlight.size
  return { session, requests, underWay, [Symbol.asyncDispose]: () => caller.connections.close() }
}

const LATER = 60

describe('a stream that session.stop() ends has gone well', () => {
  test.each<readonly [string, OnStop, readonly string[]]>([
    ['with its end marker', (stream) => stream.end(END), ['Hel']],
    ['without it', (stream) => stream.end(), ['Hel']],
    ['by a lost connection', (stream) => stream.socket?.destroy(), ['Hel']],
    [
      'a little later, after another token',
      async (stream) => {
        await sleep(LATER)
        stream.end(`data: ${CHAT[2]}\n\n`)
      },
      ['Hel', 'lo'],
    ],
  ])('%s', async (_how, onStop, tokens) => {
    await using server = await serveStops(onStop)
    await using talk = await talkTo(server.url)
    const running = talk.session.stream('go on')
    await running[Symbol.asyncIterator]().next()
    await talk.session.stop()
    const result = await running
    expect(result).toMatchObject({ stopped: true, tokens, ttct: undefined })
    expect(result.ttft).toBeGreaterThan(0)
    expect(result.stopLatency).toBeGreaterThan(tokens.length === 1 ? 0 : LATER - 5)
    const { stream, stop } = talk.requests()
    expect(stream).toMatchObject({ ok: 1, failed: 0, ttft: { count: 1 }, ttct: { count: 0 } })
    expect(stream?.stopLatency).toMatchObject({ count: 1, failed: 0 })
    expect(stop).toMatchObject({ ok: 1, stopLatency: { count: 0 } })
    expect(talk.underWay()).toBe(0)
  })

  test('before its first token', async () => {
    await using server = await serveStops((stream) => stream.end())
    await using talk = await talkTo(server.url, {}, 'silent')
    const running = talk.session.stream('go on')
    await sleep(30)
    await talk.session.stop()
    expect(await running).toMatchObject({ stopped: true, text: '', ttft: undefined })
    expect(talk.requests().stream).toMatchObject({ outcomes: { ok: 1 } })
  })
})

describe('no stop makes a failure good', () => {
  test('a stream that goes on after it is a timeout, and its latency is kept', async () => {
    await using server = await serveStops(() => {})
    await using talk = await talkTo(server.url, { stop: 80 })
    const running = talk.session.stream('go on')
    await running[Symbol.asyncIterator]().next()
    await talk.session.stop()
    const error = await failureOf(running)
    expect(error.kind).toBe('timeout')
    expect(error.message).toMatch(/timed out: it had not ended 80 ms after its stop$/)
    const { stream } = talk.requests()
    expect(stream?.outcomes).toEqual({ timeout: 1 })
    expect(stream?.stopLatency.min).toBeGreaterThanOrEqual(80)
  })

  test('an error event', async () => {
    await using server = await serveStops((stream) => stream.write('data: {"error":"full"}\n\n'))
    await using talk = await talkTo(server.url)
    const running = talk.session.stream('go on')
    await running[Symbol.asyncIterator]().next()
    await talk.session.stop()
    expect((await failureOf(running)).kind).toBe('streamError')
  })

  test('a stop that failed has stopped nothing', async () => {
    await using server = await serveStops((stream) => setTimeout(() => stream.end(), LATER), 500)
    await using talk = await talkTo(server.url)
    const running = talk.session.stream('go on')
    await running[Symbol.asyncIterator]().next()
    expect((await failureOf(talk.session.stop())).kind).toBe('status')
    expect((await failureOf(running)).kind).toBe('truncated')
    expect(talk.requests().stream).toMatchObject({ stopLatency: { count: 0 } })
  })

  test('a stream that had ended before', async () => {
    await using server = await serveStops(() => {})
    await using talk = await talkTo(server.url, { stall: 50 })
    expect((await failureOf(talk.session.stream('go on'))).kind).toBe('stalled')
    await talk.session.stop()
    expect(talk.requests().stream).toMatchObject({ stopLatency: { count: 0 } })
  })
})
