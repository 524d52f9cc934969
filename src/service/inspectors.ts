import { WebSocket } from 'ws'
import type { Bytes, Ms } from '../units/units.ts'

/** Memory that is still held after a full collection, of all processes that can be inspected. */
export interface HeldMemory {
  readonly bytes: Bytes
  readonly processes: number
}

const SAID = /Debugger listening on (ws:\/\/\S+)/
/** A collection halts the process for as long as its heap takes, some 20 ms usually. */
const LONGEST: Ms = 30_000

/** The processes of a service in Node that was started with `--inspect`, as they said themselves. */
export class Inspectors {
  readonly #urls = new Set<string>()

  /** Takes in a line of the service's log. */
  note(line: string): void {
    const [, url] = SAID.exec(line) ?? []
    if (url !== undefined) this.#urls.add(url)
  }

  /**
   * Collects all garbage and adds up what is left: heap in use and what it holds outside of it. Those that
   * have ended are left out and forgotten.
   */
  async collect(): Promise<HeldMemory> {
    const all: Bytes[] = []
    for (const url of this.#urls) {
      const held = await heldBy(url)
      if (held === undefined) this.#urls.delete(url)
      else all.push(held)
    }
    return { bytes: all.reduce((sum, bytes) => sum + bytes, 0), processes: all.length }
  }
}

const COLLECT = { method: 'HeapProfiler.collectGarbage' }
const MEASURE = {
  method: 'Runtime.evaluate',
  params: {
    expression: '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())',
    returnByValue: true,
  },
}

/** `undefined` when the process has gone. The inspector is left again at once: it has a price. */
async function heldBy(url: string): Promise<Bytes | undefined> {
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: 2_000 })
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true)).on('error', () => resolve(false))
  })
  if (!opened) return undefined
  try {
    // The second one frees what the first only found: buffers, and what finalizers held.
    await ask(socket, 1, COLLECT)
    await ask(socket, 2, COLLECT)
    return numberIn(await ask(socket, 3, MEASURE))
  } finally {
    socket.terminate()
  }
}

function ask(socket: WebSocket, id: number, request: object): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>()
  const timer = setTimeout(() => answer.reject(new Error('the inspector does not answer')), LONGEST)
  const onMessage = (data: Buffer): void => {
    const message = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown }
    if (message.id === id) answer.resolve(message.result)
  }
  const onClose = (): void => answer.reject(new Error('the process ended while it was inspected'))
  socket.on('message', onMessage).once('close', onClose)
  socket.send(JSON.stringify({ id, ...request }))
  return answer.promise.finally(() => {
    clearTimeout(timer)
    socket.off('message', onMessage).off('close', onClose)
  })
}

function numberIn(result: unknown): Bytes {
  const { result: inner } = result as { readonly result?: { readonly value?: unknown } }
  if (typeof inner?.value === 'number') return inner.value
  throw new Error('the inspected process has no process.memoryUsage()')
}
