import { once } from 'node:events'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'
import { realClock } from '../../src/clock/clock.ts'
import { createCaller, type Caller } from '../../src/clients/caller.ts'
import type { ExchangeLog } from '../../src/clients/exchange-log.ts'
import { WsClient } from '../../src/clients/ws.ts'
import type { Recorded } from '../../src/metrics/recorded.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { toTimeouts } from '../../src/clients/timeouts.ts'

/** A WebSocket server on loopback that does with each client what the test says. */
export async function serve(
  join: (client: WebSocket, url: string, headers: Readonly<Record<string, unknown>>) => void,
  options: ServerOptions = {},
): Promise<AsyncDisposable & { readonly wsUrl: string; readonly server: WebSocketServer }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options })
  server.on('connection', (client, { url = '', headers }) => {
    client.on('error', () => client.terminate())
    join(client, url, headers)
  })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async (): Promise<void> => {
    for (const client of server.clients) client.terminate()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  }
  return { wsUrl: `ws://127.0.0.1:${port}`, server, [Symbol.asyncDispose]: close }
}

/** A client with its own recorder; `recorded` is what was recorded so far. */
export interface Client extends AsyncDisposable {
  readonly ws: WsClient
  readonly caller: Caller
  recorded(): Recorded
  /** Outcomes by name: `{ 'WS /ws ping': { ok: 1 } }`. */
  outcomes(): Record<string, unknown>
}

export function clientOf(
  wsUrl: string | undefined,
  timeout: number = 5_000,
  log?: ExchangeLog,
): Client {
  const recorder = new Recorder(realClock.now())
  const caller = createCaller({
    recording: { current: recorder },
    timeouts: toTimeouts(timeout, 'timeout'),
    log,
  })
  const ws = new WsClient(caller, { wsUrl })
  const recorded = (): Recorded => recorder.data(realClock.now())
  return {
    ws,
    caller,
    recorded,
    outcomes: () =>
      Object.fromEntries(recorded().operations.map(({ name, outcomes }) => [name, outcomes])),
    [Symbol.asyncDispose]: () => ws.close(),
  }
}

/** Says back what each message asks for: `{ say: [...] }` is answered with those messages. */
export function parrot(client: WebSocket): void {
  client.on('message', (data: Buffer) => {
    const { say = [] } = JSON.parse(data.toString()) as { say?: unknown[] }
    for (const each of say) client.send(typeof each === 'string' ? each : JSON.stringify(each))
  })
}

/** The error that a promise is rejected with, its port written `{}`. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error.message.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:{}')
  }
  throw new Error('it did not fail')
}
