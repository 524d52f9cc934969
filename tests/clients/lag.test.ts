import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaller, type Caller } from '../../src/clients/caller.ts'
import { createFetch } from '../../src/clients/fetch.ts'
import { HttpClient } from '../../src/clients/http.ts'
import { Session } from '../../src/clients/session.ts'
import { toTimeouts } from '../../src/clients/timeouts.ts'
import { WsClient } from '../../src/clients/ws.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize, type OperationSummary } from '../../src/metrics/summary.ts'
import { bambooSession } from '../support/load-environment.ts'
import { startBamboo } from '../../examples/bamboo/service/start.ts'

/** An iteration that began a minute late. */
const LAG = 60_000

let bamboo: Awaited<ReturnType<typeof startBamboo>>
beforeAll(async () => {
  bamboo = await startBamboo({ firstToken: 5, tokenGap: 5, tokens: 3 })
})
afterAll(() => bamboo.close())

type Call = (caller: Caller, http: HttpClient) => unknown

/** What one late call recorded; its deadline is far shorter than it is late. */
async function recorded(call: Call): Promise<readonly OperationSummary[]> {
  const recorder = new Recorder(performance.now(), { open: true })
  const caller = createCaller({
    recording: { current: recorder },
    timeouts: toTimeouts('10s', 'timeout'),
    lateness: { lag: LAG },
  })
  await call(caller, new HttpClient(caller, { baseUrl: bamboo.url, prefix: '', headers: {} }))
  await caller.connections.close()
  expect(caller.lateness.lag).toBe(0)
  return summarize(recorder.data(performance.now()), 1_000).requests
}

const isLate = (value: number | undefined): boolean => value !== undefined && value >= LAG

test.each<[string, Call]>([
  ['an HTTP call', (_caller, http) => http.get('/health')],
  ['fetch', (caller) => createFetch(caller, bamboo.url)('/health').then((answer) => answer.text())],
  ['a session', (caller, http) => new Session(caller, http, bambooSession).open()],
])('%s counts from its intended start; its deadline does not', async (_, call) => {
  const [operation, ...others] = await recorded(call)
  expect(others).toEqual([])
  expect(operation).toMatchObject({ ok: 1, failed: 0 })
  expect(isLate(operation?.latency.min)).toBe(true)
  expect(operation?.service.max).toBeLessThan(LAG)
})

test('a stream counts its tokens from there, too', async () => {
  const [open, stream] = await recorded(async (caller, http) => {
    const session = new Session(caller, http, bambooSession)
    await session.open()
    caller.lateness.lag = LAG
    await session.stream('hello')
  })
  expect(open?.name).toBe('open')
  const times = [stream?.ttfb, stream?.ttft, stream?.ttct, stream?.latency]
  expect(times.map((each) => isLate(each?.min))).toEqual(Array(4).fill(true))
  expect(stream?.service.max).toBeLessThan(LAG)
})

test('a socket is late when it is opened, or what is first done on it', async () => {
  const [dialled, asked] = await recorded(async (caller) => {
    const ws = new WsClient(caller, { wsUrl: bamboo.url.replace('http', 'ws') })
    const socket = await ws.connect('/ws')
    caller.lateness.lag = LAG
    await socket.request({ type: 'ping' }, { type: 'pong' })
    await ws.close()
  })
  expect([dialled, asked].map((each) => [each?.ok, isLate(each?.latency.min)])).toEqual([
    [1, true],
    [1, true],
  ])
})

test('what comes after the first call of an iteration is made when it is meant to be', async () => {
  const [first, second] = await recorded(async (_caller, http) => {
    await http.get('/health', { name: 'first' })
    await http.get('/health', { name: 'second' })
  })
  expect([isLate(first?.latency.max), isLate(second?.latency.max)]).toEqual([true, false])
})
